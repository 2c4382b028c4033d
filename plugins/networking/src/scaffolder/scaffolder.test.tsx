import { act, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  SecretsContextProvider,
  type FieldExtensionOptions,
  type TemplateParameterSchema,
} from '@backstage/plugin-scaffolder-react';
import { Stepper } from '@backstage/plugin-scaffolder-react/alpha';
import { FakeNetworkingApi, refusal } from '../../dev/fake';
import { renderForEntity } from '../__testUtils__/renderForEntity';
import { HostLabelPicker } from './HostLabelPicker';
import { ServicePicker } from './ServicePicker';
import { hostLabelPickerSchema, servicePickerSchema } from './schemas';
import { validateHostLabel, validateService } from './validation';

const EXTENSIONS = [
  {
    name: 'NetworkingServicePicker',
    component: ServicePicker,
    schema: servicePickerSchema.schema,
    validation: validateService,
  },
  {
    name: 'NetworkingHostLabelPicker',
    component: HostLabelPicker,
    schema: hostLabelPickerSchema.schema,
    validation: validateHostLabel,
  },
] as FieldExtensionOptions[];

const MANIFEST = {
  title: 'Expose service',
  steps: [
    {
      title: 'Service',
      schema: {
        type: 'object',
        required: ['service'],
        properties: {
          component: { type: 'string', title: 'Component' },
          service: {
            type: 'object',
            title: 'Service',
            'ui:field': 'NetworkingServicePicker',
          },
        },
      },
    },
    {
      title: 'Host',
      schema: {
        type: 'object',
        required: ['hostLabel'],
        properties: {
          hostLabel: {
            type: 'string',
            title: 'Host label',
            'ui:field': 'NetworkingHostLabelPicker',
          },
        },
      },
    },
  ],
};

/** As one page, so that the component can change after the rest was chosen. */
const ONE_PAGE = {
  title: 'Expose service',
  steps: [
    {
      title: 'What and where',
      schema: {
        type: 'object',
        properties: {
          ...MANIFEST.steps[0].schema.properties,
          ...MANIFEST.steps[1].schema.properties,
          replace: { type: 'boolean', title: 'Redirect live traffic' },
        },
      },
    },
  ],
};

async function openTemplate(
  options: {
    manifest?: TemplateParameterSchema;
    api?: FakeNetworkingApi;
    component?: string;
  } = {},
) {
  const {
    api = new FakeNetworkingApi(),
    component = 'shop',
    manifest = MANIFEST,
  } = options;
  const user = userEvent.setup({ advanceTimers: jest.advanceTimersByTime });
  const onCreate = jest.fn(async () => {});
  await renderForEntity(
    <SecretsContextProvider>
      <Stepper
        manifest={manifest}
        extensions={EXTENSIONS}
        onCreate={onCreate}
      />
    </SecretsContextProvider>,
    { api },
  );
  if (component) {
    await user.type(
      await screen.findByRole('textbox', { name: 'Component' }),
      component,
    );
  }
  return { api, user, onCreate };
}

const passTime = (ms: number) => act(() => jest.advanceTimersByTimeAsync(ms));
const label = () => screen.getByRole('textbox', { name: /^Host label/ });

describe('the pickers in a template', () => {
  beforeEach(() => {
    jest.useFakeTimers();
    // The stepper scrolls up on every step; jsdom cannot scroll.
    jest.spyOn(window, 'scrollTo').mockImplementation(() => {});
  });
  afterEach(() => {
    jest.useRealTimers();
    jest.restoreAllMocks();
  });

  it('ask for the component first', async () => {
    await openTemplate({ component: '' });
    expect(
      screen.getByText('Choose a component first: its Services show here.'),
    ).toBeInTheDocument();
  });

  it('lead from the component through its real Service and port to a free host', async () => {
    const { user, onCreate } = await openTemplate();
    const service = screen.getByRole('group', { name: 'Service' });
    await user.click(
      await within(service).findByRole('button', {
        name: /shop\/shop.*Service/,
      }),
    );
    await user.click(screen.getByRole('option', { name: 'shop/shop-v2' }));
    expect(
      within(service).getByRole('button', { name: /8080 \(http\).*Port/ }),
    ).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Next' }));

    await passTime(400);
    expect(label()).toHaveValue('shop-v2');
    await user.clear(label());
    await user.type(label(), 'spring');
    expect(
      screen.getByText('https://spring.192-0-2-20.nip.io:30443'),
    ).toBeVisible();
    await passTime(400);
    expect(screen.getByText(/This URL is available\./)).toBeInTheDocument();

    await user.click(screen.getByRole('button', { name: 'Review' }));
    await passTime(0);
    expect(screen.getByRole('table')).toHaveTextContent('spring');
    expect(screen.getByRole('table')).toHaveTextContent('shop-v2');
    await user.click(screen.getByRole('button', { name: 'Create' }));
    expect(onCreate).toHaveBeenCalledWith({
      component: 'shop',
      service: {
        cluster: 'local',
        namespace: 'shop',
        service: 'shop-v2',
        port: 8080,
      },
      hostLabel: 'spring',
    });
  });

  it('stop at a host of another team with the words of the plan', async () => {
    const { user } = await openTemplate();
    await screen.findByRole('button', { name: /shop\/shop.*Service/ });
    await user.click(screen.getByRole('button', { name: 'Next' }));
    await passTime(400);
    await user.clear(label());
    await user.type(label(), 'payments');
    await passTime(400);
    await user.click(screen.getByRole('button', { name: 'Review' }));
    await passTime(0);
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'belongs to a route of another team. Choose another host label.',
    );
    expect(label()).toBeInTheDocument();
  });

  it('follow the component when it changes, and leave a label that was typed', async () => {
    const { user } = await openTemplate({ manifest: ONE_PAGE });
    await screen.findByRole('button', { name: /shop\/shop.*Service/ });
    expect(label()).toHaveValue('shop-2');
    const component = screen.getByRole('textbox', { name: 'Component' });
    await user.clear(component);
    await user.type(component, 'docs');
    await screen.findByRole('button', { name: /docs\/docs.*Service/ });
    expect(label()).toHaveValue('docs');
    await user.type(label(), '-hub');
    await user.clear(component);
    await user.type(component, 'shop');
    await screen.findByRole('button', { name: /shop\/shop.*Service/ });
    expect(label()).toHaveValue('docs-hub');
  });

  describe('at a URL that another Service of the component answers', () => {
    async function atShop() {
      const opened = await openTemplate({ manifest: ONE_PAGE });
      const { user } = opened;
      await user.click(
        await screen.findByRole('button', { name: /shop\/shop.*Service/ }),
      );
      await user.click(screen.getByRole('option', { name: 'shop/shop-v2' }));
      await user.clear(label());
      await user.type(label(), 'shop');
      await passTime(400);
      return opened;
    }
    const review = async (user: ReturnType<typeof userEvent.setup>) => {
      await user.click(screen.getByRole('button', { name: 'Review' }));
      await passTime(0);
    };

    it('say who answers now and who will, and stop', async () => {
      const { user } = await atShop();
      const group = screen.getByRole('group', {
        name: 'This redirects live traffic',
      });
      expect(group).toHaveTextContent(
        /now go to Service shop port 8080.*Service shop-v2 port 8080/,
      );
      await review(user);
      expect(
        screen.queryByRole('button', { name: 'Create' }),
      ).not.toBeInTheDocument();
      expect(label()).toBeInTheDocument();
    });

    it('go on where the form confirms it', async () => {
      const { user, onCreate } = await atShop();
      await user.click(
        screen.getByRole('checkbox', { name: 'Redirect live traffic' }),
      );
      await review(user);
      await user.click(await screen.findByRole('button', { name: 'Create' }));
      expect(onCreate).toHaveBeenCalledWith(
        expect.objectContaining({ hostLabel: 'shop', replace: true }),
      );
    });

    it('offer a label that is free', async () => {
      const { user } = await atShop();
      await user.clear(label());
      await user.type(label(), 'payments');
      await passTime(400);
      await user.click(screen.getByRole('button', { name: 'Use shop-v2' }));
      expect(label()).toHaveValue('shop-v2');
    });
  });

  it('say that one may not see the Services', async () => {
    const api = new FakeNetworkingApi();
    jest
      .spyOn(api, 'getServices')
      .mockRejectedValue(
        refusal(403, 'NotAllowedError', 'You may not expose shop.'),
      );
    await openTemplate({ api });
    expect(
      await screen.findByText("You can't expose shop."),
    ).toBeInTheDocument();
  });
});
