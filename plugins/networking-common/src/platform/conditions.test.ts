import type { Condition } from '../gateway-api/types';
import {
  CONDITION_REASONS,
  isBad,
  type JudgedObject,
} from '../verdicts/conditionReasons';
import { condition, find, type World } from '../verdicts/__testUtils__/world';
import { gateway, parts } from './__testUtils__/parts';
import type { PlatformPart } from './types';

type Place = Extract<JudgedObject, 'Gateway' | 'GatewayClass' | 'Listener'>;

const NAMES: Record<Place, [PlatformPart['part'], string]> = {
  GatewayClass: ['gatewayclass', 'local-traefik'],
  Gateway: ['gateway', 'idp-gateway'],
  Listener: ['listener', 'https'],
};

const statusOf = (
  world: World,
  object: Place,
): { conditions?: Condition[] } => {
  const [, name] = NAMES[object];
  if (object === 'GatewayClass') return find(world, object, name).status!;
  const { status } = gateway(world);
  return object === 'Gateway'
    ? status!
    : status!.listeners!.find(listener => listener.name === name)!;
};

function lineWith(object: Place, ...said: Condition[]): PlatformPart {
  const [part, name] = NAMES[object];
  const types = said.map(({ type }) => type);
  const lines = parts(world => {
    const status = statusOf(world, object);
    status.conditions = [
      ...status.conditions!.filter(({ type }) => !types.includes(type)),
      ...said,
    ];
  });
  return lines.find(line => line.part === part && line.name === name)!;
}

const bad = (type: string, status: string, reason: string) =>
  condition(type, { status, reason, message: 'raw words' });

describe('a condition beside which traffic goes on needs attention', () => {
  it.each<[string, Place, Condition, string]>([
    [
      'a version of the Gateway API that the controller does not support',
      'GatewayClass',
      bad('SupportedVersion', 'False', 'UnsupportedVersion'),
      'GatewayApiVersionUnsupported',
    ],
    [
      'the same for a reason that nothing is known of',
      'GatewayClass',
      bad('SupportedVersion', 'False', 'Odd'),
      'GatewayApiVersionUnsupported',
    ],
    [
      'a client certificate that cannot be used',
      'Gateway',
      bad('ResolvedRefs', 'False', 'InvalidClientCertificateRef'),
      'GatewayClientCertificateUnusable',
    ],
    [
      'a client certificate of a namespace that does not allow it',
      'Gateway',
      bad('ResolvedRefs', 'False', 'RefNotPermitted'),
      'GatewayClientCertificateNotPermitted',
    ],
    [
      'a listener that is not resolved',
      'Gateway',
      bad('ResolvedRefs', 'False', 'ListenersNotResolved'),
      'GatewayListenersNotResolved',
    ],
    [
      'a reference that is not resolved, for a reason of its own',
      'Gateway',
      bad('ResolvedRefs', 'False', 'Odd'),
      'GatewayRefsNotResolved',
    ],
    [
      'clients that are let in without a valid certificate',
      'Gateway',
      bad('InsecureFrontendValidationMode', 'True', 'ConfigurationChanged'),
      'ClientCertificatesNotEnforced',
    ],
    [
      'listeners whose certificates overlap',
      'Listener',
      bad('OverlappingTLSConfig', 'True', 'OverlappingCertificates'),
      'OverlappingTLSConfig',
    ],
  ])('%s', (_, object, said, reason) => {
    const { state, findings } = lineWith(object, said);
    expect(state).toBe('attention');
    expect(findings).toMatchObject([{ severity: 'warning', reason }]);
    expect(findings[0].remedy).toMatch(/^[A-Z].*\.$/);
    expect(findings[0].details).toMatchObject({ message: 'raw words' });
  });
});

describe('a condition in order, or of an earlier generation, says nothing', () => {
  it.each<[string, Place, Condition]>([
    [
      'SupportedVersion',
      'GatewayClass',
      condition('SupportedVersion', { reason: 'SupportedVersion' }),
    ],
    [
      'SupportedVersion Unknown',
      'GatewayClass',
      bad('SupportedVersion', 'Unknown', 'Pending'),
    ],
    ['ResolvedRefs', 'Gateway', condition('ResolvedRefs')],
    [
      'ResolvedRefs of an earlier generation',
      'Gateway',
      {
        ...bad('ResolvedRefs', 'False', 'RefNotPermitted'),
        observedGeneration: 0,
      },
    ],
    [
      'InsecureFrontendValidationMode False',
      'Gateway',
      bad('InsecureFrontendValidationMode', 'False', 'Odd'),
    ],
    [
      'Accepted with a listener that is not valid, which says so itself',
      'Gateway',
      condition('Accepted', { reason: 'ListenersNotValid' }),
    ],
    [
      'certificates that cannot be seen',
      'Listener',
      bad('OverlappingTLSConfig', 'True', 'SDSCertificateOpaque'),
    ],
  ])('%s', (_, object, said) => {
    expect(lineWith(object, said)).toMatchObject({
      state: 'good',
      findings: [],
    });
  });
});

describe('what is refused comes first', () => {
  it('of a class that is refused for its version', () => {
    const { state, findings } = lineWith(
      'GatewayClass',
      bad('Accepted', 'False', 'UnsupportedVersion'),
      bad('SupportedVersion', 'False', 'UnsupportedVersion'),
    );
    expect(state).toBe('bad');
    expect(findings.map(({ reason }) => reason)).toEqual([
      'NotAccepted',
      'GatewayApiVersionUnsupported',
    ]);
  });

  it.each<[Place, string, string]>([
    ['GatewayClass', 'Unknown', 'Pending'],
    ['GatewayClass', 'False', 'Waiting'],
    ['Gateway', 'Unknown', 'Pending'],
    ['Gateway', 'False', 'NotReconciled'],
  ])('%s Accepted=%s %s is waited for', (object, status, reason) => {
    expect(lineWith(object, bad('Accepted', status, reason))).toMatchObject({
      state: 'attention',
      findings: [{ reason: 'Pending' }],
    });
  });
});

describe('each entry of a GatewayClass in the table', () => {
  const entries = Object.entries(CONDITION_REASONS.GatewayClass).flatMap(
    ([type, byStatus]) =>
      Object.entries(byStatus).flatMap(([status, reasons]) =>
        Object.entries(reasons).map(
          ([reason, { finding }]) => [type, status, reason, finding] as const,
        ),
      ),
  );

  it.each(entries)('%s=%s %s is told', (type, status, reason, finding) => {
    const { findings } = lineWith('GatewayClass', bad(type, status, reason));
    expect(findings.map(found => found.reason)).toEqual(
      finding === undefined ? [] : [finding],
    );
    expect(finding === undefined).toBe(isBad({ type, status }) === false);
  });
});
