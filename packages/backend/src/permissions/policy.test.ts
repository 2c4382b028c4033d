import { mockCredentials } from '@backstage/backend-test-utils';
import {
  catalogEntityDeletePermission,
  catalogEntityReadPermission,
} from '@backstage/plugin-catalog-common/alpha';
import {
  kubernetesProxyPermission,
  kubernetesResourcesReadPermission,
} from '@backstage/plugin-kubernetes-common';
import {
  AuthorizeResult,
  createPermission,
  type Permission,
} from '@backstage/plugin-permission-common';
import {
  certificateRenewPermission,
  exposureCreatePermission,
  exposureDeletePermission,
  exposureReadPermission,
  exposureUpdatePermission,
  networkingPermissions,
  platformReadPermission,
  platformUpdatePermission,
  settingsReadPermission,
  settingsUpdatePermission,
} from 'backstage-plugin-networking-common';
import { ExamplePolicy } from './policy';

const policy = new ExamplePolicy({
  platformGroup: 'group:default/platform-team',
});

const signedIn = (name: string, ...groups: string[]) => {
  const userEntityRef = `user:default/${name}`;
  const ownershipEntityRefs = [userEntityRef, ...groups];
  return {
    credentials: mockCredentials.user(userEntityRef),
    info: { userEntityRef, ownershipEntityRefs },
  };
};

const sam = signedIn('sam', 'group:default/team-shop');
const alex = signedIn('alex', 'group:default/platform-team');

const ALLOW = { result: AuthorizeResult.ALLOW };
const DENY = { result: AuthorizeResult.DENY };
const owned = (...claims: string[]) => ({
  result: AuthorizeResult.CONDITIONAL,
  pluginId: 'catalog',
  resourceType: 'catalog-entity',
  conditions: {
    rule: 'IS_ENTITY_OWNER',
    resourceType: 'catalog-entity',
    params: { claims },
  },
});
const ownedBySam = owned('user:default/sam', 'group:default/team-shop');

const unknownNetworking = createPermission({
  name: 'networking.unheard.of',
  attributes: { action: 'read' },
});
const unknownExposureWrite = createPermission({
  name: 'networking.exposure.unheard',
  attributes: {},
  resourceType: 'catalog-entity',
});
const basicExposureWrite = createPermission({
  name: 'networking.exposure.basic',
  attributes: {},
});

describe('ExamplePolicy', () => {
  const cases: Record<
    string,
    [
      permission: Permission,
      user: ReturnType<typeof signedIn> | undefined,
      decision: unknown,
    ]
  > = {
    'a developer sees the exposures of every component that the catalog shows':
      [exposureReadPermission, sam, ALLOW],
    'a developer exposes what the own groups own': [
      exposureCreatePermission,
      sam,
      ownedBySam,
    ],
    'a developer changes exposures of what the own groups own': [
      exposureUpdatePermission,
      sam,
      ownedBySam,
    ],
    'a developer removes exposures of what the own groups own': [
      exposureDeletePermission,
      sam,
      ownedBySam,
    ],
    'a developer without any group owns what names the person': [
      exposureCreatePermission,
      signedIn('kim'),
      owned('user:default/kim'),
    ],
    'a developer does not see the settings': [
      settingsReadPermission,
      sam,
      DENY,
    ],
    'a developer does not override settings': [
      settingsUpdatePermission,
      sam,
      DENY,
    ],
    'a developer does not see the platform': [
      platformReadPermission,
      sam,
      DENY,
    ],
    'a developer does not change the platform': [
      platformUpdatePermission,
      sam,
      DENY,
    ],
    'a developer does not have certificates issued anew': [
      certificateRenewPermission,
      sam,
      DENY,
    ],
    'a developer does not reach the API server with the token of the backend': [
      kubernetesProxyPermission,
      sam,
      DENY,
    ],
    'a developer sees Kubernetes resources': [
      kubernetesResourcesReadPermission,
      sam,
      ALLOW,
    ],
    'a developer sees the catalog': [catalogEntityReadPermission, sam, ALLOW],
    'what other plugins ask is allowed': [
      catalogEntityDeletePermission,
      sam,
      ALLOW,
    ],
    'a new exposure permission falls to the owners': [
      unknownExposureWrite,
      sam,
      ownedBySam,
    ],
    'an exposure permission without an entity is denied': [
      basicExposureWrite,
      sam,
      DENY,
    ],
    'a networking permission that the policy does not know is denied': [
      unknownNetworking,
      sam,
      DENY,
    ],
    'the platform group reaches the API server': [
      kubernetesProxyPermission,
      alex,
      ALLOW,
    ],
    'a group of another namespace with the same name is not the platform group':
      [
        settingsReadPermission,
        signedIn('eve', 'group:other/platform-team'),
        DENY,
      ],
    'a user named like the platform group is not in it': [
      settingsReadPermission,
      signedIn('platform-team'),
      DENY,
    ],
    'nobody exposes without having signed in': [
      exposureCreatePermission,
      undefined,
      DENY,
    ],
    'nobody sees exposures without having signed in': [
      exposureReadPermission,
      undefined,
      DENY,
    ],
    'the catalog is readable without a user, as the catalog decides': [
      catalogEntityReadPermission,
      undefined,
      ALLOW,
    ],
  };

  it.each(Object.entries(cases))(
    '%s',
    async (_, [permission, user, wanted]) => {
      expect(await policy.handle({ permission }, user)).toEqual(wanted);
    },
  );

  it.each(
    networkingPermissions.map(permission => [permission.name, permission]),
  )('the platform group may %s', async (_, permission) => {
    expect(
      await policy.handle({ permission: permission as Permission }, alex),
    ).toEqual(ALLOW);
  });
});
