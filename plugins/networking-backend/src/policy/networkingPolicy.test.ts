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
  type PolicyDecision,
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
import { signedIn } from './__testUtils__/signedIn';
import { createNetworkingPolicy } from './networkingPolicy';

const policy = createNetworkingPolicy();

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

describe('createNetworkingPolicy', () => {
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
    'nobody reaches the API server without having signed in': [
      kubernetesProxyPermission,
      undefined,
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

describe('the platform group', () => {
  const mayReadSettings = async (platformGroup: string, group: string) =>
    createNetworkingPolicy({ platformGroup }).handle(
      { permission: settingsReadPermission },
      signedIn('alex', group),
    );

  it.each([
    ['a full ref', 'group:default/networkers', 'group:default/networkers'],
    ['a ref in upper case', 'Group:Default/SRE', 'group:default/sre'],
    ['a bare name', 'sre', 'group:default/sre'],
  ])('is taken from %s', async (_, text, group) => {
    expect(await mayReadSettings(text, group)).toEqual(ALLOW);
  });

  it.each([
    ['a User', 'user:default/alex', /which is not a Group/],
    ['no entity ref', 'group:/', /which is no entity ref/],
    ['nothing', '', /which is no entity ref/],
  ])('is not taken from %s, and the key is named', (_, text, message) => {
    const create = () => createNetworkingPolicy({ platformGroup: text });
    expect(create).toThrow(message);
    expect(create).toThrow(/^permission\.platformGroup is /);
  });
});

describe('a policy that is wrapped', () => {
  const otherwise = { handle: jest.fn(async () => DENY as PolicyDecision) };
  const wrapping = createNetworkingPolicy({ otherwise });
  beforeEach(() => otherwise.handle.mockClear());

  it('decides on what other plugins ask, for the same request and user', async () => {
    const request = { permission: catalogEntityDeletePermission };
    expect(await wrapping.handle(request, alex)).toEqual(DENY);
    expect(otherwise.handle).toHaveBeenCalledWith(request, alex);
  });

  it('is not asked about networking', async () => {
    const request = { permission: settingsReadPermission };
    expect(await wrapping.handle(request, alex)).toEqual(ALLOW);
    expect(otherwise.handle).not.toHaveBeenCalled();
  });

  it('may keep the Kubernetes proxy from the platform group, and lends it to nobody else', async () => {
    const request = { permission: kubernetesProxyPermission };
    expect(await wrapping.handle(request, alex)).toEqual(DENY);
    expect(await policy.handle(request, sam)).toEqual(DENY);
  });
});
