import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { KubernetesObject } from 'backstage-plugin-networking-common';
import { downloadModule, GATEWAY_API_VERSION } from 'local-platform';
import { parseAllDocuments } from 'yaml';
import { pathFrom } from '../paths';

/** What one test of the suite applies, on top of what all of them share. */
export interface Manifest {
  /** `tests/httproute-weight.yaml` */
  name: string;
  text: string;
  /** Its own objects, as they are written: without what an API server adds. */
  objects: KubernetesObject[];
}

const CONFORMANCE = `sigs.k8s.io/gateway-api/conformance@${GATEWAY_API_VERSION}`;

/** The suite writes the class of the implementation under test over it. */
const CLASS = /\{GATEWAY_CLASS_NAME\}/g;

/**
 * The manifests of the Gateway API's conformance suite, out of its Go module, with a class for their Gateways: `base` is there
 * in every test, those of `tests` one at a time.
 */
export async function readConformanceManifests(
  gatewayClass: string,
): Promise<{ base: Manifest[]; tests: Manifest[] }> {
  const cwd = pathFrom('NETWORKING_TEST_STATE_DIR', '.local/test');
  await mkdir(cwd, { recursive: true });
  const module = await downloadModule(CONFORMANCE, { cwd });
  const manifestsIn = async (folder: string): Promise<Manifest[]> => {
    const files = await readdir(join(module, folder), { recursive: true });
    return Promise.all(
      files
        .filter(file => file.endsWith('.yaml'))
        .map(async file => {
          const source = await readFile(join(module, folder, file), 'utf8');
          const text = source.replace(CLASS, gatewayClass);
          return {
            name: `${folder}/${file}`,
            text,
            objects: parseAllDocuments(text)
              .map(document => document.toJS())
              .filter(Boolean),
          };
        }),
    );
  };
  const [ofGateways, ofMeshes, tests] = await Promise.all(
    ['base', 'mesh', 'tests'].map(manifestsIn),
  );
  return { base: [...ofGateways, ...ofMeshes], tests };
}
