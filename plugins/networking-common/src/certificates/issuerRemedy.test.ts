import type { Condition, Issuer } from '../gateway-api/types';
import {
  find,
  healthyWorld,
  settings,
  snapshotOf,
  type World,
} from '../verdicts/__testUtils__/world';
import { issuerRemedy } from './issuerRemedy';
import { issuerOf, issuerStatus } from './trace';

/** What is done about the issuer of the wildcard certificate, with this spec and this word of cert-manager. */
function remedyFor(
  spec: Issuer['spec'],
  ready: Partial<Condition> = {},
  change: (world: World) => void = () => {},
): string {
  const world = healthyWorld();
  const object = find(world, 'ClusterIssuer', 'idp-demo-ca');
  object.spec = spec;
  object.status = {
    conditions: [
      { type: 'Ready', status: 'False', lastTransitionTime: '', ...ready },
    ],
  };
  change(world);
  const certificate = find(world, 'Certificate', 'idp-wildcard-cert');
  const snapshot = snapshotOf(world);
  return issuerRemedy(
    issuerStatus(snapshot, issuerOf(snapshot, certificate, settings)!),
  );
}

interface Case {
  spec: Issuer['spec'];
  ready?: Partial<Condition>;
  change?: (world: World) => void;
  remedy: string | RegExp;
}

const NOT_FOUND = {
  reason: 'ErrGetKeyPair',
  message: 'Error getting keypair for CA issuer: secrets "nowhere" not found',
};

const withoutCa = (world: World) => {
  find(world, 'Certificate', 'idp-demo-ca').spec!.isCA = false;
};

/** The Certificate by which the demo has its CA made fills the Secret of that name. */
const OWN = 'idp-demo-ca-secret';

const cases: Record<string, Case> = {
  'whose Secret does not exist: name one with a CA, of the cluster-resource namespace, or make it':
    {
      spec: { ca: { secretName: 'nowhere' } },
      ready: NOT_FOUND,
      remedy: `name in spec.ca.secretName of ClusterIssuer idp-demo-ca a Secret of namespace cert-manager that holds the certificate of a CA and its key (tls.crt, tls.key), such as ${OWN}, or put them into a new Secret cert-manager/nowhere`,
    },
  'whose Secret does not exist, and no other holds a CA: names none': {
    spec: { ca: { secretName: 'nowhere' } },
    ready: NOT_FOUND,
    change: withoutCa,
    remedy:
      /its key \(tls\.crt, tls\.key\), or put them into a new Secret cert-manager\/nowhere$/,
  },
  'of a namespace: the Secret lies in that': {
    spec: {},
    ready: NOT_FOUND,
    change: world => {
      find(world, 'Certificate', 'idp-wildcard-cert').spec!.issuerRef = {
        name: 'own',
      };
      world.objects.push({
        apiVersion: 'cert-manager.io/v1',
        kind: 'Issuer',
        metadata: { name: 'own', namespace: 'kube-system' },
        spec: { ca: { secretName: 'nowhere' } },
        status: {
          conditions: [{ type: 'Ready', status: 'False', ...NOT_FOUND }],
        },
      } as never);
    },
    remedy:
      /^name in spec\.ca\.secretName of Issuer kube-system\/own a Secret of namespace kube-system .* a new Secret kube-system\/nowhere$/,
  },
  'whose Secret lacks a key: put it there': {
    spec: { ca: { secretName: 'half' } },
    ready: {
      reason: 'ErrGetKeyPair',
      message:
        'Error getting keypair for CA issuer: no data for "tls.key" in secret \'cert-manager/half\'',
    },
    remedy: /or put them into Secret cert-manager\/half$/,
  },
  'whose Secret holds no CA: say so': {
    spec: { ca: { secretName: 'leaf' } },
    ready: {
      reason: 'ErrInvalidKeyPair',
      message: 'Error getting keypair for CA issuer: certificate is not a CA',
    },
    remedy:
      /^name in spec\.ca\.secretName .*: the certificate in Secret cert-manager\/leaf is none of a CA$/,
  },
  'whose Secret a Certificate fills: look at that': {
    spec: { ca: { secretName: OWN } },
    ready: NOT_FOUND,
    remedy: `find out why Certificate cert-manager/idp-demo-ca is not issued into Secret cert-manager/${OWN}, which spec.ca.secretName of ClusterIssuer idp-demo-ca names`,
  },
  'that names no Secret: name one': {
    spec: { ca: {} },
    remedy: /^name in spec\.ca\.secretName .* such as idp-demo-ca-secret$/,
  },
  'of ACME whose account key is no RSA key: put one there': {
    spec: { acme: { privateKeySecretRef: { name: 'account' } } },
    ready: {
      reason: 'ErrVerifyACMEAccount',
      message: 'ACME private key in "account" is not of type RSA',
    },
    remedy:
      'put the RSA key of the ACME account (tls.key) into Secret cert-manager/account, or name in spec.acme.privateKeySecretRef.name of ClusterIssuer idp-demo-ca another Secret of that namespace that holds it',
  },
  'of ACME whose key of the account binding is missing: put it there': {
    spec: {
      acme: {
        privateKeySecretRef: { name: 'account' },
        externalAccountBinding: { keySecretRef: { name: 'eab' } },
      },
    },
    ready: {
      reason: 'ErrRegisterACMEAccount',
      message: 'Failed to register ACME account: secrets "eab" not found',
    },
    remedy:
      /^put the key that the ACME server gave .* into Secret cert-manager\/eab, or name in spec\.acme\.externalAccountBinding\.keySecretRef\.name/,
  },
  'of ACME at no ACME server: name one': {
    spec: { acme: {} },
    ready: { reason: 'InvalidURL', message: 'Failed to parse' },
    remedy: /^name in spec\.acme\.server of ClusterIssuer idp-demo-ca the URL/,
  },
  'of ACME with a solver that lacks something: name the solvers': {
    spec: { acme: {} },
    ready: { reason: 'InvalidSolver' },
    remedy: /^name in spec\.acme\.solvers of ClusterIssuer idp-demo-ca/,
  },
  'of ACME that does not reach its server: check that': {
    spec: { acme: { privateKeySecretRef: { name: 'account' } } },
    ready: {
      reason: 'ErrRegisterACMEAccount',
      message: 'Failed to register ACME account: dial tcp: i/o timeout',
    },
    remedy:
      /^check that cert-manager reaches the ACME server in spec\.acme\.server/,
  },
  'of Vault without its token: put it there': {
    spec: { vault: { auth: { tokenSecretRef: { name: 'vault-token' } } } },
    ready: {
      reason: 'VaultError',
      message:
        'Failed to initialize Vault client: while requesting a Vault token using the Token Auth: secrets "vault-token" not found',
    },
    remedy:
      /^put a token of Vault into Secret cert-manager\/vault-token, or name in spec\.vault\.auth\.tokenSecretRef\.name of ClusterIssuer idp-demo-ca/,
  },
  'of Vault that is sealed: say what can be named': {
    spec: { vault: { auth: {} } },
    ready: { reason: 'VaultError', message: 'Vault is sealed' },
    remedy:
      /under spec\.vault a server that is unsealed, the path of its PKI role and one way of auth that it takes \(its Secrets lie in namespace cert-manager\)$/,
  },
  'of Venafi: say what can be named': {
    spec: { venafi: { zone: 'a' } },
    remedy: /under spec\.venafi a zone and a server/,
  },
  'that is self-signed: nothing of it can be wrong': {
    spec: { selfSigned: {} },
    remedy:
      'check that cert-manager runs: ClusterIssuer idp-demo-ca needs no more than spec.selfSigned',
  },
  'that says not what signs: name that': {
    spec: {},
    remedy:
      'name in the spec of ClusterIssuer idp-demo-ca what signs: ca, selfSigned, acme, vault or venafi',
  },
  'whose spec is no object: name what signs': {
    spec: 'ca' as never,
    remedy: /what signs/,
  },
};

const wanted = ({ remedy }: Case) =>
  typeof remedy === 'string' ? remedy : expect.stringMatching(remedy);

describe('the remedy for an issuer that is not ready', () => {
  it.each(Object.entries(cases))('%s', (_, one) => {
    expect(remedyFor(one.spec, one.ready, one.change)).toEqual(wanted(one));
  });
});

it('is not told where the issuer looks while it is ready', () => {
  const world = healthyWorld();
  const certificate = find(world, 'Certificate', 'idp-wildcard-cert');
  const snapshot = snapshotOf(world);
  expect(
    issuerStatus(snapshot, issuerOf(snapshot, certificate, settings)!),
  ).not.toHaveProperty('secrets');
});
