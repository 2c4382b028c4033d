import { InputError } from '@backstage/errors';
import { join } from 'node:path';
import type { KubernetesObject } from 'backstage-plugin-networking-common';
import { referenceTo } from '../kube';
import { applyAll } from '../platform/objects';
import { startProcess } from '../processes/serverProcess';
import type { GatewayProfile } from './types';

/** Where Cilium keeps copies of the certificates that listeners name; it does not make the namespace itself. */
const SECRETS_NAMESPACE: KubernetesObject = {
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name: 'cilium-secrets' },
};

/** Cilium reports the addresses of all nodes for a Gateway on node ports, and no node is a real one here. */
export const NODE: KubernetesObject = {
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { name: 'local-node' },
};

/** An address that is kept for documentation (RFC 5737): it is shown and nothing dials it. */
export const NODE_ADDRESSES = [{ type: 'InternalIP', address: '192.0.2.100' }];

/** Cilium's Gateway API controllers without its data plane: they judge routes, and nothing answers. */
export const cilium: GatewayProfile = {
  name: 'cilium',
  controller: 'io.cilium/gateway-controller',
  carriesTraffic: false,
  ports: () => [],
  programs({ ciliumDir }) {
    if (ciliumDir) return ciliumDir;
    throw new InputError(
      "The settings name Cilium's controller, and its program is not there: build it with src/cli/build.ts --module cilium, and name its folder with --cilium.",
    );
  },
  async prepare(admin) {
    await applyAll(admin, [SECRETS_NAMESPACE, NODE]);
    await admin.patchStatus(referenceTo(NODE), { addresses: NODE_ADDRESSES });
  },
  start: ({ binDir, apiServer, logFile, processName }) =>
    startProcess({
      name: processName,
      command: join(binDir, 'cilium-gateway'),
      args: [`--k8s-kubeconfig-path=${apiServer.kubeconfig}`],
      logFile,
    }),
};
