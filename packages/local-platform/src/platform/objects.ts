import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type {
  Condition,
  KubernetesObject,
} from 'backstage-plugin-networking-common';
import { parseAllDocuments } from 'yaml';
import { KubeClient, referenceTo } from '../kube';

/** Field manager of what only the local platform writes. */
export const LOCAL_MANAGER = 'local-platform';

/** Every object of every YAML file of a folder, in the order of names; empty documents are left out. */
export async function readManifests(
  folder: string,
): Promise<KubernetesObject[]> {
  const files = (await readdir(folder)).filter(f => /\.ya?ml$/.test(f)).sort();
  const objects: KubernetesObject[] = [];
  for (const file of files) {
    const text = await readFile(join(folder, file), 'utf8');
    for (const document of parseAllDocuments(text)) {
      if ('errors' in document && document.errors.length > 0) {
        throw new Error(`${join(folder, file)}: ${document.errors[0].message}`);
      }
      const object = document.toJS() as KubernetesObject | null;
      if (object?.kind) objects.push(object);
    }
  }
  return objects;
}

/** Applies objects one after the other, as an order of theirs says; the platform owns what it applies. */
export async function applyAll(
  admin: KubeClient,
  objects: readonly KubernetesObject[],
  fieldManager = LOCAL_MANAGER,
) {
  for (const object of objects) {
    await admin.apply(object, { fieldManager, force: true });
  }
}

interface WithConditions extends KubernetesObject {
  status?: { conditions?: Condition[] };
}

/**
 * Whether a condition is True for the object's current generation, or the words for why it is not. CRDs and cert-manager
 * leave `observedGeneration` out of some conditions; those are taken as current.
 */
export function conditionHolds(
  object: KubernetesObject,
  type: string,
): true | string {
  const condition = (object as WithConditions).status?.conditions?.find(
    c => c.type === type,
  );
  const name = `${object.kind} ${object.metadata.name}`;
  if (!condition) return `${name} has no condition ${type} yet`;
  const { generation = 0 } = object.metadata;
  if ((condition.observedGeneration ?? generation) < generation) {
    return `${name} was changed and ${type} is not judged anew yet`;
  }
  if (condition.status === 'True') return true;
  return `${name} is not ${type}: ${condition.reason ?? ''} ${
    condition.message ?? ''
  }`.trim();
}

/** A check for `waitUntil`: all objects have the condition. */
export function allHave(
  admin: KubeClient,
  objects: readonly KubernetesObject[],
  type: string,
) {
  const left = [...objects];
  return async () => {
    while (left.length > 0) {
      const holds = conditionHolds(await admin.get(referenceTo(left[0])), type);
      if (holds !== true) return { ready: false as const, because: holds };
      left.shift();
    }
    return { ready: true as const, value: undefined };
  };
}
