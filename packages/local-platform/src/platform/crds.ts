import type { KubernetesObject } from 'backstage-plugin-networking-common';
import { createHash } from 'node:crypto';
import { KubeClient } from '../kube';
import type { ServerProcess } from '../processes/serverProcess';
import { waitUntil } from '../processes/waiting';
import { allHave, applyAll } from './objects';

const CRD_PATH = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
const CRD_KIND = 'CustomResourceDefinition';

/** Fingerprint of what was applied: comparing schemas costs the API server seconds at every start. */
const ANNOTATION_CONTENT = 'local-platform/content-sha256';

interface Crd extends KubernetesObject {
  spec: {
    group: string;
    names: { kind: string };
    versions: { name: string; served: boolean }[];
  };
}

/** The CRDs among manifests, each with the fingerprint of its content. */
export function fingerprintedCrds(
  manifests: readonly KubernetesObject[],
): Crd[] {
  return (manifests.filter(({ kind }) => kind === CRD_KIND) as Crd[]).map(
    crd => ({
      ...crd,
      metadata: {
        ...crd.metadata,
        annotations: {
          ...crd.metadata.annotations,
          [ANNOTATION_CONTENT]: createHash('sha256')
            .update(JSON.stringify(crd))
            .digest('hex'),
        },
      },
    }),
  );
}

/** Applies the CRDs that are new or changed, and waits until the API server serves them all. */
export async function applyCrds(options: {
  admin: KubeClient;
  manifests: readonly KubernetesObject[];
  apiServer: ServerProcess;
  deadlineMs: number;
  signal: AbortSignal;
}): Promise<void> {
  const { admin, manifests, apiServer, deadlineMs, signal } = options;
  const crds = fingerprintedCrds(manifests);
  const live = await admin.request<{ items: KubernetesObject[] | null }>({
    path: CRD_PATH,
    accept:
      'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json',
  });
  const contentOf = ({ metadata }: KubernetesObject) =>
    metadata.annotations?.[ANNOTATION_CONTENT];
  const known = new Map(
    (live.items ?? []).map(item => [item.metadata.name, contentOf(item)]),
  );
  const changed = crds.filter(
    crd => known.get(crd.metadata.name) !== contentOf(crd),
  );
  await Promise.all(changed.map(crd => applyAll(admin, [crd])));
  const wait = { servers: [apiServer], deadlineMs, signal };
  await waitUntil({
    ...wait,
    what: 'A kind of object',
    check: allHave(admin, changed, 'Established'),
  });
  await waitUntil({
    ...wait,
    what: 'A kind of object',
    check: async () => {
      for (const { spec } of crds) {
        for (const { name, served } of spec.versions) {
          const version = `${spec.group}/${name}`;
          if (served && !(await admin.serves(version, spec.names.kind))) {
            const because = `${spec.names.kind} of ${version} is not served yet`;
            return { ready: false, because };
          }
        }
      }
      return { ready: true, value: undefined };
    },
  });
}
