import { act, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { finding } from '../../../dev/fake';
import {
  label,
  openForm,
  passTime,
  planned,
  preview,
  typeLabel,
  urlFor,
} from './__testUtils__/openForm';

describe('ExposeForm, where a URL answers already', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  describe('onto a URL that the component has', () => {
    it('adds nothing, whatever Service is chosen', async () => {
      const { user, api } = await openForm();
      const plan = jest.spyOn(api, 'plan');
      await typeLabel(user, 'shop');
      expect(plan.mock.lastCall?.[0]).toMatchObject({ intent: 'create' });
      expect(label()).toBeInvalid();
      expect(screen.getByRole('button', { name: /^Expose at/ })).toBeDisabled();
      await user.click(
        screen.getByRole('button', { name: /shop\/shop.*Service/ }),
      );
      await user.click(screen.getByRole('option', { name: 'shop/shop-v2' }));
      await planned();
      expect(screen.getByRole('button', { name: /^Expose at/ })).toBeDisabled();
    });

    it('offers a label that is free', async () => {
      const { user } = await openForm();
      await typeLabel(user, 'shop');
      await user.click(screen.getByRole('button', { name: 'Use shop-2' }));
      expect(label()).toHaveFocus();
      await planned();
      expect(label()).toHaveValue('shop-2');
      expect(
        screen.getByRole('button', { name: `Expose at ${urlFor('shop-2')}` }),
      ).toBeEnabled();
      expect(
        screen.queryByRole('button', { name: /^Use / }),
      ).not.toBeInTheDocument();
    });

    it('goes over to changing it, where the heading takes the focus', async () => {
      const { user } = await openForm();
      await typeLabel(user, 'shop');
      await user.click(
        screen.getByRole('button', { name: /^Edit shop\.192-0-2-20/ }),
      );
      await planned();
      expect(
        screen.getByRole('heading', { name: /^Edit shop\.192-0-2-20/ }),
      ).toHaveFocus();
      expect(label()).toHaveAttribute('readonly');
      expect(
        screen.getByRole('button', { name: 'Save changes' }),
      ).toBeDisabled();
    });
  });

  describe('editing', () => {
    const save = () => screen.getByRole('button', { name: 'Save changes' });
    const confirmation = () =>
      screen.queryByRole('checkbox', { name: /^Redirect live traffic/ });
    const traffic = () =>
      screen.getByRole('group', { name: 'This redirects live traffic' });
    const edit = () =>
      openForm({ query: '?action=edit&route=local/shop/shop-k3v9q2mx' });
    async function choose(
      user: ReturnType<typeof userEvent.setup>,
      from: RegExp,
      to: string,
    ) {
      await user.click(screen.getByRole('button', { name: from }));
      await user.click(screen.getByRole('option', { name: to }));
      await planned();
    }

    it('keeps the host, and saves nothing where nothing changes', async () => {
      await edit();
      await planned();
      expect(
        screen.getByRole('heading', { name: /^Edit shop\.192-0-2-20/ }),
      ).toHaveFocus();
      expect(label()).toHaveAttribute('readonly');
      expect(label()).toHaveValue('shop');
      expect(preview()).toHaveTextContent('No changes to apply');
      expect(confirmation()).not.toBeInTheDocument();
      expect(save()).toBeDisabled();
    });

    it('says who answers now and who will, and saves only what was confirmed', async () => {
      const { user, api } = await edit();
      const apply = jest.spyOn(api, 'apply');
      await planned();
      await choose(user, /shop\/shop.*Service/, 'shop/shop-v2');
      const row = within(preview()).getByRole('row', { name: /backendRefs/ });
      expect(row).toHaveTextContent(
        'spec.rules[0].backendRefs[0].nameshopshop-v2',
      );
      expect(within(traffic()).getByRole('alert')).toHaveTextContent(
        /now go to Service shop port 8080.*Service shop-v2 port 8080/,
      );
      expect(confirmation()).not.toBeChecked();
      expect(save()).toBeDisabled();
      await user.click(confirmation()!);
      await user.click(save());
      await passTime(0);
      expect(apply.mock.lastCall?.[0]).toMatchObject({
        intent: 'update',
        uid: 'uid-shop-shop',
        replace: true,
        service: { name: 'shop-v2', port: 8080 },
        digest: 'shop-k3v9q2mx:shop-v2:8080',
      });
    });

    it('is confirmed and saved by the keyboard alone', async () => {
      const { user, api } = await edit();
      const apply = jest.spyOn(api, 'apply');
      await planned();
      await choose(user, /shop\/shop.*Service/, 'shop/shop-v2');
      act(() => label().focus());
      await user.tab();
      expect(confirmation()).toHaveFocus();
      await user.keyboard(' ');
      await user.tab();
      expect(save()).toHaveFocus();
      await user.keyboard('{Enter}');
      await passTime(0);
      expect(apply).toHaveBeenCalledTimes(1);
    });

    it('asks anew where something else would answer than was confirmed', async () => {
      const { user } = await edit();
      await planned();
      await choose(user, /shop\/shop.*Service/, 'shop/shop-v2');
      await user.click(confirmation()!);
      expect(save()).toBeEnabled();
      await choose(user, /shop\/shop-v2.*Service/, 'shop/shop');
      await choose(user, /8080 \(http\).*Port/, '9090 (metrics)');
      expect(confirmation()).not.toBeChecked();
      expect(save()).toBeDisabled();
    });

    it('goes on for the route that was opened, whatever comes in its place', async () => {
      const { user, api } = await edit();
      const plan = jest.spyOn(api, 'plan');
      const { exposures, ...view } = await api.getEntityExposures(
        'component:default/shop',
      );
      api.set('component:default/shop', {
        ...view,
        exposures: exposures.map(each => ({ ...each, uid: 'another' })),
      });
      await passTime(60_000);
      await choose(user, /shop\/shop.*Service/, 'shop/shop-v2');
      expect(plan.mock.lastCall?.[0]).toMatchObject({ uid: 'uid-shop-shop' });
    });
  });

  it('confirms live traffic that a new URL takes, too', async () => {
    const { user, api } = await openForm({ name: 'docs' });
    const plan = api.plan.bind(api);
    jest.spyOn(api, 'plan').mockImplementation(async request => ({
      ...(await plan(request)),
      findings: [
        finding('HostShadowsWildcard', 'Requests go to a wildcard now.', {
          severity: 'confirm',
        }),
      ],
    }));
    await typeLabel(user, 'handbook');
    const expose = screen.getByRole('button', { name: /^Expose at/ });
    expect(expose).toBeDisabled();
    await user.click(
      screen.getByRole('checkbox', { name: /^Redirect live traffic/ }),
    );
    expect(expose).toBeEnabled();
  });
});
