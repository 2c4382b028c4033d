import type { IdentityApi } from '@backstage/frontend-plugin-api';
import { mockApis, renderInTestApp } from '@backstage/frontend-test-utils';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { ExampleSignInPage } from './ExampleSignInPage';

const REFRESH = 'http://localhost:7007/api/auth/example/refresh';

const config = {
  app: { title: 'Networking on Backstage', baseUrl: 'http://localhost:3000' },
  backend: { baseUrl: 'http://localhost:7007' },
  auth: {
    providers: {
      example: {
        people: [
          {
            entityRef: 'user:default/sam',
            title: 'Sam',
            description: 'Developer of shop.',
          },
          { entityRef: 'user:default/alex', title: 'Alex' },
        ],
      },
    },
  },
};

/** A token of the shape that the page reads: unsigned, with an expiry an hour ahead. */
const token = () =>
  ['{}', JSON.stringify({ exp: Math.floor(Date.now() / 1000) + 3600 }), '']
    .map(part => btoa(part))
    .join('.');

const session = (entityRef: string) => ({
  profile: { displayName: entityRef },
  providerInfo: {},
  backstageIdentity: {
    token: token(),
    identity: {
      type: 'user',
      userEntityRef: entityRef,
      ownershipEntityRefs: [entityRef],
    },
  },
});

const realFetch = globalThis.fetch;
afterEach(() => {
  globalThis.fetch = realFetch;
  sessionStorage.clear();
});

/** A backend that knows some people. Fills the list of those it was asked for. */
const answerTo = (...known: string[]) => {
  const asked: (string | null)[] = [];
  globalThis.fetch = async (url, init) => {
    expect(url).toBe(REFRESH);
    const person = new Headers(init?.headers).get('x-example-person');
    asked.push(person);
    return person && known.includes(person)
      ? Response.json(session(person))
      : Response.json(
          { error: { name: 'NotFoundError', message: 'User not found' } },
          { status: 404 },
        );
  };
  return asked;
};

const open = (data: object = config) => {
  const onSignInSuccess = jest.fn<void, [IdentityApi]>();
  renderInTestApp(<ExampleSignInPage onSignInSuccess={onSignInSuccess} />, {
    config: data as never,
    apis: [mockApis.discovery({ baseUrl: 'http://localhost:7007' })],
  });
  return onSignInSuccess;
};

describe('ExampleSignInPage', () => {
  it('offers each person with what that person may do, and signs in nobody unasked', async () => {
    const asked = answerTo('user:default/sam');
    const onSignInSuccess = open();
    const sam = await screen.findByRole('button', { name: 'Sign in as Sam' });
    expect(sam).toHaveAccessibleDescription('Developer of shop.');
    expect(
      screen.getByRole('button', { name: 'Sign in as Alex' }),
    ).toHaveAccessibleDescription('user:default/alex');
    expect(asked).toEqual([]);
    expect(onSignInSuccess).not.toHaveBeenCalled();
  });

  it('signs in as the person chosen', async () => {
    const asked = answerTo('user:default/alex');
    const onSignInSuccess = open();
    await userEvent.click(
      await screen.findByRole('button', { name: 'Sign in as Alex' }),
    );
    await waitFor(() => expect(onSignInSuccess).toHaveBeenCalledTimes(1));
    expect(asked).toEqual(['user:default/alex']);
    const [identity] = onSignInSuccess.mock.calls[0];
    expect(await identity.getBackstageIdentity()).toMatchObject({
      userEntityRef: 'user:default/alex',
    });
    expect((await identity.getCredentials()).token).toBeTruthy();
    expect(await identity.getProfileInfo()).toEqual({
      displayName: 'user:default/alex',
    });
  });

  it('remembers the person over a reload, until the person signs out', async () => {
    answerTo('user:default/sam');
    sessionStorage.setItem('example-sign-in', 'user:default/sam');
    const onSignInSuccess = open();
    await waitFor(() => expect(onSignInSuccess).toHaveBeenCalledTimes(1));
    const [identity] = onSignInSuccess.mock.calls[0];
    await identity.signOut();
    expect(sessionStorage).toHaveLength(0);
  });

  it('says why a sign-in did not work, and lets one choose again', async () => {
    answerTo('user:default/alex');
    const onSignInSuccess = open();
    await userEvent.click(
      await screen.findByRole('button', { name: 'Sign in as Sam' }),
    );
    expect(
      await screen.findByText('Signing in as Sam did not work'),
    ).toBeInTheDocument();
    expect(screen.getByText(/User not found/)).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Choose again' }));
    await userEvent.click(
      await screen.findByRole('button', { name: 'Sign in as Alex' }),
    );
    await waitFor(() => expect(onSignInSuccess).toHaveBeenCalledTimes(1));
  });

  it('asks again where the remembered person is no longer in the list', async () => {
    sessionStorage.setItem('example-sign-in', 'user:default/gone');
    open();
    expect(
      await screen.findByRole('button', { name: 'Sign in as Sam' }),
    ).toBeInTheDocument();
  });

  it('says what to do where no provider is configured', async () => {
    open({ app: config.app, backend: config.backend });
    expect(
      await screen.findByText('Nobody can sign in here'),
    ).toBeInTheDocument();
    expect(screen.queryByRole('button')).not.toBeInTheDocument();
  });
});
