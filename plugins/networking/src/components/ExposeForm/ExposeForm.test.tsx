import { screen, waitFor, within } from '@testing-library/react';
import { finding, refusal } from '../../../dev/fake';
import {
  label,
  openForm,
  passTime,
  planned,
  preview,
  typeLabel,
  urlFor,
} from './__testUtils__/openForm';

describe('ExposeForm', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it('begins with the Service that is named like the component, its HTTP port and a label that is free', async () => {
    await openForm();
    expect(screen.getByRole('heading', { name: 'Expose shop' })).toHaveFocus();
    expect(
      screen.getByRole('button', { name: /shop\/shop.*Service/ }),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('button', { name: /8080 \(http\).*Port/ }),
    ).toBeInTheDocument();
    expect(label()).toHaveValue('shop-2');
    await planned();
    expect(screen.getByText(/This URL is available\./)).toBeInTheDocument();
    expect(
      screen.getByRole('button', { name: `Expose at ${urlFor('shop-2')}` }),
    ).toBeEnabled();
  });

  it('begins with the name of a component that has no URL yet', async () => {
    await openForm({ name: 'docs' });
    expect(label()).toHaveValue('docs');
  });

  it('follows the Service with a free label until one is typed', async () => {
    const { user } = await openForm();
    const choose = async (from: RegExp, to: string) => {
      await user.click(screen.getByRole('button', { name: from }));
      await user.click(screen.getByRole('option', { name: to }));
    };
    await choose(/shop\/shop.*Service/, 'shop/shop-v2');
    expect(label()).toHaveValue('shop-v2');
    await typeLabel(user, 'spring');
    await choose(/shop\/shop-v2.*Service/, 'shop/shop');
    expect(label()).toHaveValue('spring');
    await user.clear(label());
    expect(label()).toHaveValue('');
  });

  it('shows the URL as one types, whether it is free, and the exact YAML', async () => {
    const { user } = await openForm();
    await user.clear(label());
    await user.type(label(), 'Spring');
    expect(screen.getByText(urlFor('spring'))).toBeVisible();
    expect(screen.getByText(/Checking availability/)).toBeInTheDocument();
    await planned();
    expect(screen.getByText(/This URL is available\./)).toBeInTheDocument();
    expect(preview()).toHaveTextContent(
      'HTTPRoute shop/spring-k3v9q2mx will be created in cluster local.',
    );
    expect(
      within(preview()).getByRole('region', { name: 'YAML to apply' }),
    ).toHaveTextContent('hostnames: - spring.192-0-2-20.nip.io');
    expect(
      screen.getByRole('button', { name: `Expose at ${urlFor('spring')}` }),
    ).toBeEnabled();
  });

  it('asks for one plan after typing rests', async () => {
    const { user, api } = await openForm();
    await planned();
    const plan = jest.spyOn(api, 'plan');
    await typeLabel(user, 'spring');
    expect(plan).toHaveBeenCalledTimes(1);
    expect(plan.mock.calls[0][0]).toEqual({
      entityRef: 'component:default/shop',
      cluster: 'local',
      namespace: 'shop',
      service: { name: 'shop', port: 8080 },
      hostLabel: 'spring',
      intent: 'create',
    });
  });

  it('refuses a host of another team under the field and in the plan', async () => {
    const { user } = await openForm();
    await typeLabel(user, 'payments');
    expect(label()).toBeInvalid();
    expect(
      screen.getAllByText(
        /belongs to a route of another team\. Choose another host label\./,
      ),
    ).not.toHaveLength(0);
    expect(preview()).toHaveTextContent("Can't apply yet");
    expect(screen.getByRole('button', { name: /^Expose at/ })).toBeDisabled();
  });

  it('lists what cannot be exposed with the reason', async () => {
    const { user } = await openForm();
    await user.click(screen.getByText("1 Service can't be exposed"));
    expect(screen.getByText(/shop-peers is headless/)).toBeVisible();
  });

  it('lights up the way until the first answer and stays open', async () => {
    const { user, api } = await openForm({ name: 'docs' });
    const apply = jest.spyOn(api, 'apply');
    await typeLabel(user, 'handbook');
    await user.click(
      screen.getByRole('button', { name: `Expose at ${urlFor('handbook')}` }),
    );
    await passTime(0);
    expect(apply).toHaveBeenCalledWith(
      expect.objectContaining({
        hostLabel: 'handbook',
        digest: 'handbook-k3v9q2mx:docs:8080',
      }),
      expect.anything(),
    );
    expect(
      screen.getByRole('heading', { name: urlFor('handbook') }),
    ).toHaveFocus();
    expect(
      screen.getByText('Waiting for the first answer…'),
    ).toBeInTheDocument();
    const waiting = () => screen.queryAllByText('Waiting').length;
    const before = waiting();
    await passTime(2000);
    expect(waiting()).toBeLessThan(before);
    await passTime(4000);
    expect(screen.getByText("It's live")).toBeInTheDocument();
    expect(screen.getByText('Live')).toBeInTheDocument();
    expect(
      screen.getByRole('link', {
        name: `Open ${urlFor('handbook')} in a new tab`,
      }),
    ).toHaveAttribute('href', urlFor('handbook'));
    await user.click(screen.getByRole('button', { name: 'Done' }));
    expect(
      await screen.findByRole('region', { name: /^handbook\.192/ }),
    ).toBeInTheDocument();
    expect(screen.getByRole('heading', { name: 'Public URLs' })).toHaveFocus();
  });

  it('stays open and names the stop where something stops it', async () => {
    const { user, api } = await openForm({ name: 'docs' });
    const getExposure = api.getExposure.bind(api);
    jest.spyOn(api, 'getExposure').mockImplementation(async address => {
      const seen = await getExposure(address);
      const verdict = {
        word: 'Broken' as const,
        finding: finding('NoReadyEndpoints', 'The gateway answers 503.', {
          severity: 'error',
          remedy: 'Start a pod of Service docs.',
        }),
      };
      return {
        ...seen,
        verdict,
        hosts: seen.hosts.map(host => ({ ...host, verdict })),
      };
    });
    await typeLabel(user, 'handbook');
    await user.click(screen.getByRole('button', { name: /^Expose at/ }));
    await passTime(2000);
    expect(
      screen.getByText('Not working yet; checking every 2 s'),
    ).toBeInTheDocument();
    expect(
      screen.getByText('Start a pod of Service docs.'),
    ).toBeInTheDocument();
    await passTime(60_000);
    expect(screen.getByText('Not working yet')).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Edit' }));
    expect(label()).toHaveValue('handbook');
  });

  it('writes nothing where the plan changed meanwhile, and works it out again', async () => {
    const { user, api } = await openForm({ name: 'docs' });
    jest
      .spyOn(api, 'apply')
      .mockRejectedValue(
        refusal(
          409,
          'ConflictError',
          'The plan has changed since it was shown.',
        ),
      );
    await typeLabel(user, 'handbook');
    await user.click(screen.getByRole('button', { name: /^Expose at/ }));
    await passTime(0);
    const alert = screen.getByRole('alert');
    expect(alert).toHaveTextContent(
      'No changes were applied. The plan has changed since it was shown.',
    );
    const plan = jest.spyOn(api, 'plan');
    await user.click(
      within(alert).getByRole('button', { name: 'Refresh plan' }),
    );
    await planned();
    expect(plan).toHaveBeenCalledTimes(1);
  });

  it('offers to take fields over only where somebody else owns them', async () => {
    const { user, api } = await openForm({ name: 'docs' });
    const plan = api.plan.bind(api);
    const asked = jest.spyOn(api, 'plan').mockImplementation(async request => ({
      ...(await plan(request)),
      findings: [
        finding('FieldOwnedByOther', 'kubectl owns spec.rules.', {
          severity: 'blocking',
        }),
      ],
    }));
    expect(screen.queryByRole('checkbox')).not.toBeInTheDocument();
    await typeLabel(user, 'handbook');
    await user.click(
      screen.getByRole('checkbox', { name: /^Overwrite changes/ }),
    );
    await planned();
    expect(asked).toHaveBeenLastCalledWith(
      expect.objectContaining({ takeOwnership: true }),
      expect.anything(),
    );
  });

  it('goes back to the list', async () => {
    const { user } = await openForm();
    await user.click(screen.getByRole('button', { name: 'Cancel' }));
    await waitFor(() =>
      expect(
        screen.getByRole('heading', { name: 'Public URLs' }),
      ).toHaveFocus(),
    );
  });

  it('says why there is no plan', async () => {
    const { api, user } = await openForm({ name: 'docs' });
    jest
      .spyOn(api, 'plan')
      .mockRejectedValue(
        refusal(403, 'NotAllowedError', 'You may not expose docs.'),
      );
    await typeLabel(user, 'handbook');
    expect(within(preview()).getByRole('alert')).toHaveTextContent(
      'You may not expose docs.',
    );
    expect(screen.getByRole('button', { name: /^Expose at/ })).toBeDisabled();
  });
});
