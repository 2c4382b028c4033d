import type {
  AuthService,
  DiscoveryService,
} from '@backstage/backend-plugin-api';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import {
  NetworkingClient,
  waitForVerdict,
} from 'backstage-plugin-networking-common';
import { examples } from './action.examples';
import { plannedRoute, type RouteOutputs } from './plannedRoute';
import { refusalOfPlan, withFindings } from './refusal';
import { toExposureRequest } from './request';
import { effects, judge, verdictLine } from './verdict';

const DEFAULT_TIMEOUT_MS = 60_000;

/** What `networking:component:expose` needs. @public */
export interface ExposeComponentActionOptions {
  auth: AuthService;
  discovery: DiscoveryService;
  /** How the verdict is waited for: `intervalMs` defaults to 2000, `timeoutMs` to 60000. */
  wait?: Pick<
    Parameters<typeof waitForVerdict>[0],
    'intervalMs' | 'timeoutMs' | 'sleep' | 'now'
  >;
}

/**
 * The action `networking:component:expose`: exposes a component of the catalog through the shared Gateway, as the person
 * who runs the template, and waits until it answers.
 *
 * It fails where the request is refused, where it would take live requests and `replace` does not say so, and where the
 * gateway refuses the route itself. A route that the gateway took
 * but that does not answer in time is a warning, with `tlsReady` false: a template often exposes what it has only just
 * deployed. A retry applies the same request again, which changes nothing.
 *
 * @public
 */
export function createExposeComponentAction(
  options: ExposeComponentActionOptions,
) {
  const { auth, discovery, wait } = options;
  const client = new NetworkingClient({
    fetchApi: { fetch },
    baseUrl: () => discovery.getBaseUrl('networking'),
  });

  return createTemplateAction({
    id: 'networking:component:expose',
    description:
      'Makes a component reachable at https://<host label>.<DNS suffix> through the shared Gateway, and waits until it answers.',
    supportsDryRun: true,
    examples,
    schema: {
      input: {
        entityRef: z =>
          z
            .string()
            .min(1)
            .describe(
              'The component: a full entity ref (component:default/shop), or its name (shop).',
            ),
        service: z =>
          z
            .string()
            .min(1)
            .optional()
            .describe(
              "Name of the Service that takes the requests. Default: the component's only Service.",
            ),
        port: z =>
          z
            .number()
            .int()
            .min(1)
            .max(65535)
            .optional()
            .describe(
              "Port of the Service. Default: the Service's only TCP port.",
            ),
        hostLabel: z =>
          z
            .string()
            .min(1)
            .optional()
            .describe(
              "First label of the hostname (RFC 1123). Default: the component's name as a label.",
            ),
        cluster: z =>
          z
            .string()
            .min(1)
            .optional()
            .describe(
              'Name of a configured cluster. Default: the only one that has a Service of the component.',
            ),
        namespace: z =>
          z
            .string()
            .min(1)
            .optional()
            .describe(
              'Namespace of the Service. Default: the only namespace granted to the component that has a Service of it.',
            ),
        replace: z =>
          z
            .boolean()
            .optional()
            .describe(
              'Take live requests from where they go now, for instance from another Service of the component at the same host. Without it the step fails where it would. Default: false.',
            ),
      },
      output: {
        url: z => z.string().describe('URL at which the component answers.'),
        host: z => z.string().describe('Hostname of the URL.'),
        namespace: z => z.string().describe('Namespace of the HTTPRoute.'),
        name: z => z.string().describe('Name of the HTTPRoute.'),
        tlsReady: z =>
          z
            .boolean()
            .describe(
              'True where the URL answered, with a certificate that verifies for the host against the CA that signs today. False in a dry run.',
            ),
        manifest: z =>
          z.string().describe('The HTTPRoute as it was applied, in YAML.'),
        replaced: z =>
          z
            .string()
            .optional()
            .describe(
              'Which live requests this step took from where they went, in words. Not set where it took none.',
            ),
      },
    },

    async handler(ctx) {
      const { logger, signal } = ctx;
      const request = toExposureRequest(ctx.input);
      const { token } = await auth.getPluginRequestToken({
        onBehalfOf: await ctx.getInitiatorCredentials(),
        targetPluginId: 'networking',
      });
      const call = { token, signal };
      const outputRoute = (outputs: RouteOutputs) => {
        ctx.output('url', outputs.url);
        ctx.output('host', outputs.host);
        ctx.output('namespace', outputs.namespace);
        ctx.output('name', outputs.name);
        ctx.output('manifest', outputs.manifest);
      };

      if (ctx.isDryRun) {
        const plan = await withFindings(request, () =>
          client.plan(request, call),
        );
        const refusal = refusalOfPlan(request, plan);
        if (refusal) throw refusal;
        const { moves, others } = effects(plan.findings);
        if (moves) logger.warn(`Applying it redirects live traffic. ${moves}`);
        others.forEach(warning => logger.warn(warning));
        logger.info(
          `Dry run, nothing was written. Applying it would ${
            plan.action === 'unchanged'
              ? `change nothing: ${plan.name} already exposes`
              : `${plan.action} ${plan.name} for`
          } ${plan.url}`,
        );
        outputRoute(plannedRoute(plan).outputs);
        ctx.output('tlsReady', false);
        return;
      }

      const applied = await ctx.checkpoint({
        key: `networking.expose.${JSON.stringify(request)}`,
        fn: async () => {
          const { action, exposure, plan } = await withFindings(request, () =>
            client.apply(request, call),
          );
          const { cluster, outputs } = plannedRoute(plan);
          return {
            action,
            cluster,
            route: outputs,
            generation: exposure.generation,
            ...effects(plan.findings),
          };
        },
      });
      const { route } = applied;
      if (applied.action !== 'unchanged' && applied.moved) {
        logger.warn(`Live traffic was redirected. ${applied.moved}`);
        ctx.output('replaced', applied.moved);
      }
      applied.others.forEach(warning => logger.warn(warning));
      logger.info(
        applied.action === 'unchanged'
          ? `HTTPRoute ${route.namespace}/${route.name} already exposes ${request.entityRef} at ${route.url}; nothing was changed`
          : `HTTPRoute ${route.namespace}/${route.name} was ${applied.action}d to expose ${request.entityRef} at ${route.url}`,
      );
      outputRoute(route);

      const timeoutMs = wait?.timeoutMs ?? DEFAULT_TIMEOUT_MS;
      const exposure = await waitForVerdict({
        ...wait,
        timeoutMs,
        client,
        address: {
          cluster: applied.cluster,
          namespace: route.namespace,
          name: route.name,
        },
        generation: applied.generation,
        signal,
        request: call,
        onChange: seen => logger.info(verdictLine(seen)),
      });

      const judgement = judge(exposure, { url: route.url, timeoutMs });
      ctx.output('tlsReady', judgement.tlsReady);
      if (judgement.failure) throw judgement.failure;
      if (judgement.warning) logger.warn(judgement.warning);
    },
  });
}
