/**
 * The command line of `npm start`.
 */
import { parseArgs } from 'node:util';

import { Failure } from './failure.mjs';

const DEFAULT_PORT = 7007;
const USAGE =
  'Run `npm start`, `npm start -- --gateway=cilium` for the controllers of Cilium without traffic, or `npm start -- --kubeconfig FILE --context NAME` for a cluster of your own; `--port N` moves Backstage from port 7007.';

/** The gateways that the local platform has. */
const GATEWAYS = ['traefik', 'cilium'];

/**
 * @param {string[]} args
 * @returns {{ port: number, gateway: 'traefik' | 'cilium' } | { port: number, kubeconfig: string, context: string }}
 */
export function parseStartArguments(args) {
  let values;
  try {
    ({ values } = parseArgs({
      args,
      options: {
        kubeconfig: { type: 'string' },
        context: { type: 'string' },
        gateway: { type: 'string' },
        port: { type: 'string' },
      },
    }));
  } catch (error) {
    throw new Failure(`${error.message.split('. ')[0]}.`, USAGE);
  }
  const { kubeconfig, context, gateway = GATEWAYS[0] } = values;
  if (Boolean(kubeconfig) !== Boolean(context)) {
    throw new Failure(
      `--${kubeconfig ? 'kubeconfig' : 'context'} was given without --${
        kubeconfig ? 'context' : 'kubeconfig'
      }: a cluster is used only where both say which.`,
      USAGE,
    );
  }
  if (!GATEWAYS.includes(gateway)) {
    throw new Failure(
      `There is no gateway '${gateway}': the local platform has ${GATEWAYS.join(
        ' and ',
      )}.`,
      USAGE,
    );
  }
  if (kubeconfig && values.gateway) {
    throw new Failure(
      '--gateway chooses the gateway of the local platform, and a cluster of your own has one already.',
      'Leave out --gateway, or both --kubeconfig and --context.',
    );
  }
  const port = Number(values.port ?? DEFAULT_PORT);
  if (!Number.isInteger(port) || port < 1024 || port > 65535) {
    throw new Failure(
      `--port ${values.port} is not a port from 1024 to 65535.`,
      USAGE,
    );
  }
  return kubeconfig ? { port, kubeconfig, context } : { port, gateway };
}
