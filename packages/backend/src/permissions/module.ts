import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import type { Config } from '@backstage/config';
import { InputError, toError } from '@backstage/errors';
import { policyExtensionPoint } from '@backstage/plugin-permission-node/alpha';
import { ExamplePolicy } from './policy';

const PLATFORM_GROUP_KEY = 'permission.platformGroup';
const DEFAULT_PLATFORM_GROUP = 'group:default/platform-team';

/**
 * The group of `permission.platformGroup` as a full entity ref in lower case.
 *
 * @throws InputError naming the key where it is no Group.
 */
export function readPlatformGroup(config: Config): string {
  const text =
    config.getOptionalString(PLATFORM_GROUP_KEY) ?? DEFAULT_PLATFORM_GROUP;
  let ref;
  try {
    ref = parseEntityRef(text, { defaultKind: 'group' });
  } catch (error) {
    throw new InputError(
      `${PLATFORM_GROUP_KEY} is '${text}', which is no entity ref: ${
        toError(error).message
      }. Write it as 'group:default/<name>'`,
    );
  }
  const normalised = stringifyEntityRef(ref);
  if (!normalised.startsWith('group:')) {
    throw new InputError(
      `${PLATFORM_GROUP_KEY} is '${text}', which is not a Group. Write it as 'group:default/<name>'`,
    );
  }
  return normalised;
}

export const permissionModuleExamplePolicy = createBackendModule({
  pluginId: 'permission',
  moduleId: 'example-policy',
  register(reg) {
    reg.registerInit({
      deps: {
        config: coreServices.rootConfig,
        policy: policyExtensionPoint,
      },
      async init({ config, policy }) {
        policy.setPolicy(
          new ExamplePolicy({ platformGroup: readPlatformGroup(config) }),
        );
      },
    });
  },
});
