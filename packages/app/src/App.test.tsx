import { render, screen } from '@testing-library/react';
import { createNetworkingApp } from './App';

const environment = process.env;
afterEach(() => {
  process.env = environment;
  sessionStorage.clear();
});

/** Starts the app with a configuration, as the page that the backend serves does. */
const start = (data: object) => {
  process.env = {
    ...environment,
    APP_CONFIG: [{ context: 'test', data }] as unknown as string,
  };
  render(createNetworkingApp().createRoot());
};

const base = {
  app: { title: 'Networking on Backstage', baseUrl: 'http://localhost:3000' },
  backend: { baseUrl: 'http://localhost:7007' },
};

it('starts, and asks which of the example people one wants to be', async () => {
  start({
    ...base,
    auth: {
      providers: {
        example: { people: [{ entityRef: 'user:default/sam', title: 'Sam' }] },
      },
    },
  });
  expect(
    await screen.findByRole('button', { name: 'Sign in as Sam' }),
  ).toBeInTheDocument();
  expect(
    screen.getByRole('heading', { name: 'Networking on Backstage' }),
  ).toBeInTheDocument();
});

it('lets nobody in as a guest where no provider is configured', async () => {
  start(base);
  expect(
    await screen.findByText('Nobody can sign in here'),
  ).toBeInTheDocument();
});
