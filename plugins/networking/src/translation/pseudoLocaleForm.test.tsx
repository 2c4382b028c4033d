import type { ComponentProps } from 'react';
import { screen, waitFor } from '@testing-library/react';
import type {
  ExposableServices,
  ExposurePlan,
  VerdictWord,
} from 'backstage-plugin-networking-common';
import { FakeNetworkingApi, finding, refusal } from '../../dev/fake';
import { answering } from '../__testUtils__/answering';
import { show } from '../__testUtils__/showPseudo';
import { EntityNetworking } from '../components/EntityNetworking';
import { HostLabelPicker } from '../scaffolder/HostLabelPicker';
import { ServicePicker } from '../scaffolder/ServicePicker';
import { messages } from './messages';

// As in pseudoLocale.test.tsx.
jest.mock('../lib/renewal', () => mockTelling('../lib/renewal'));
jest.mock('../lib/trust', () => mockTelling('../lib/trust'));
jest.mock('../lib/trustSteps', () => mockTelling('../lib/trustSteps'));
jest.mock('../lib/hosts', () => mockTelling('../lib/hosts'));
function mockTelling(path: string) {
  const { tellingModule } = jest.requireActual('../__testUtils__/telling');
  return tellingModule(jest.requireActual(path));
}

const CHANGES = [
  { path: 'spec.hostnames', before: undefined, after: ['shop'] },
  { path: 'spec.rules', before: 'shop', after: undefined },
];

it.each<[string, (plan: ExposurePlan) => unknown]>([
  [
    'changes a field',
    plan => Object.assign(plan, { action: 'update', diff: CHANGES }),
  ],
  ['changes nothing', plan => Object.assign(plan, { action: 'unchanged' })],
  ['has no name yet', plan => Object.assign(plan, { name: undefined })],
  [
    'redirects live traffic',
    plan =>
      plan.findings.push(
        finding('LiveTraffic', 'Requests go elsewhere.', {
          severity: 'confirm',
        }),
      ),
  ],
  [
    'takes fields of others',
    plan =>
      plan.findings.push(
        finding('FieldOwnedByOther', 'kubectl owns spec.rules.', {
          severity: 'blocking',
        }),
      ),
  ],
  [
    'cannot be made',
    () => {
      throw refusal(500, 'Error', 'Not now.');
    },
  ],
])('a plan that %s has no bare text', async (_, change) => {
  const api = await answering('plan', change);
  const { bare, settle, unfold } = await show(<EntityNetworking />, {
    api,
    path: '/?action=expose',
  });
  await settle();
  await screen.findByRole('textbox');
  await waitFor(() =>
    expect(screen.getAllByRole('status').some(one => one.textContent)).toBe(
      true,
    ),
  );
  await settle();
  await unfold();
  expect(bare()).toEqual([]);
});

it.each([
  ['no Service', (answer: ExposableServices) => void (answer.services = [])],
  [
    'Services that are not shown',
    () => {
      throw refusal(403, 'NotAllowedError', 'no');
    },
  ],
  ['no cluster', (answer: ExposableServices) => void (answer.clusters = [])],
])('the form of a component with %s has no bare text', async (_, change) => {
  const api = await answering('getServices', change);
  const { bare, settle } = await show(<EntityNetworking />, {
    api,
    path: '/?action=expose',
  });
  await settle();
  expect(bare()).toEqual([]);
});

it('a removal that is refused has no bare text', async () => {
  const api = new FakeNetworkingApi();
  jest
    .spyOn(api, 'remove')
    .mockRejectedValue(refusal(409, 'ConflictError', 'Not now.'));
  const { user, bare, settle } = await show(<EntityNetworking />, { api });
  await settle();
  await user.click(screen.getAllByRole('button', { name: /More for/ })[0]);
  await user.click((await screen.findAllByRole('menuitem'))[1]);
  const dialog = await screen.findByRole('dialog');
  await user.click([...dialog.querySelectorAll('button')].at(-1)!);
  await screen.findByText('Not now.');
  expect(bare()).toEqual([]);
});

it.each([
  ['is refused', 409, 'FieldOwnedByOther'],
  ['fails', 500, 'ClusterUnreachable'],
])('a change that %s has no bare text', async (_, status, reason) => {
  const api = new FakeNetworkingApi();
  const because = finding(reason, 'kubectl owns spec.rules.', {
    severity: 'blocking',
    details: { manager: 'kubectl-edit' },
  });
  const name = status === 409 ? 'ConflictError' : 'Error';
  for (const write of ['apply', 'remove', 'probe'] as const) {
    jest
      .spyOn(api, write)
      .mockRejectedValue(refusal(status, name, 'Not now.', [because]));
  }
  const { user, bare, settle } = await show(<EntityNetworking />, {
    api,
    name: 'docs',
    path: '/?action=expose',
  });
  await settle();
  await user.clear(await screen.findByRole('textbox'));
  await user.type(screen.getByRole('textbox'), 'handbook');
  const submit = () =>
    document.body.querySelector<HTMLElement>('[type=submit]')!;
  await waitFor(() => expect(submit()).toBeEnabled());
  await user.click(submit());
  await screen.findByText('Not now.');
  expect(bare()).toEqual([]);
});

it.each<VerdictWord>(['Live', 'Broken', 'Pending'])(
  'what is exposed and becomes %s has no bare text',
  async word => {
    const api = await answering('getExposure', answer => {
      answer.verdict.word = word;
    });
    const { user, bare, settle } = await show(<EntityNetworking />, {
      api,
      name: 'docs',
      path: '/?action=expose',
    });
    await settle();
    await user.clear(await screen.findByRole('textbox'));
    await user.type(screen.getByRole('textbox'), 'handbook');
    const submit = () =>
      document.body.querySelector<HTMLElement>('[type=submit]')!;
    await waitFor(() => expect(submit()).toBeEnabled());
    await user.click(submit());
    expect(bare()).toEqual([]);
    if (word === 'Pending') return;
    await waitFor(() =>
      expect(document.body.querySelector('[role=status]')).toHaveTextContent(
        word === 'Live' ? messages.apply.live : messages.apply.stillBroken,
      ),
    );
    expect(bare()).toEqual([]);
  },
);

it.each([
  ['before a component is chosen', {}],
  ['of a component', { component: 'component:default/shop' }],
])('the pickers of a template %s have no bare text', async (_, formData) => {
  const props = {
    formContext: { formData },
    uiSchema: {},
    schema: {},
    onChange: () => {},
  } as never;
  const { bare, settle } = await show(
    <>
      <ServicePicker {...(props as ComponentProps<typeof ServicePicker>)} />
      <HostLabelPicker {...(props as ComponentProps<typeof HostLabelPicker>)} />
    </>,
  );
  await settle();
  expect(bare()).toEqual([]);
});
