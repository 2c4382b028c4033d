import type { KubernetesObject } from 'backstage-plugin-networking-common';
import { KubeClient } from '../kube';
import { applyAll } from './objects';

/** The account that the backend talks to the cluster as. */
export const SERVICE_ACCOUNT = {
  namespace: 'backstage',
  name: 'networking-backend',
} as const;

/** One year, in seconds: a token for a start is made anew at every start. */
const TOKEN_SECONDS = 31_536_000;

/**
 * The backend's own manifests as an administrator applies them: a Role or a RoleBinding that names no namespace goes to
 * each namespace that opted in, everything else where it says.
 */
export function placeManifests(
  manifests: readonly KubernetesObject[],
  namespaces: readonly string[],
): KubernetesObject[] {
  return manifests.flatMap(manifest => {
    const everywhere =
      (manifest.kind === 'Role' || manifest.kind === 'RoleBinding') &&
      !manifest.metadata.namespace;
    if (!everywhere) return [manifest];
    return namespaces.map(namespace => ({
      ...manifest,
      metadata: { ...manifest.metadata, namespace },
    }));
  });
}

/** Applies the backend's manifests, which make its service account and bind its roles, and asks for a token of it. */
export async function grantBackendAccess(
  admin: KubeClient,
  manifests: readonly KubernetesObject[],
  namespaces: readonly string[],
): Promise<string> {
  await applyAll(admin, placeManifests(manifests, namespaces));
  const account = await admin.pathOf({
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    ...SERVICE_ACCOUNT,
  });
  const { status } = await admin.request<{ status: { token: string } }>({
    method: 'POST',
    path: `${account}/token`,
    body: {
      apiVersion: 'authentication.k8s.io/v1',
      kind: 'TokenRequest',
      spec: { expirationSeconds: TOKEN_SECONDS },
    },
  });
  return status.token;
}
