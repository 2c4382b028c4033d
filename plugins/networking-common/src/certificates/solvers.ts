import { entryOf, isRecord, stringsOf, textOf } from '../gateway-api/lenient';
import type { Certificate, Issuer } from '../gateway-api/types';
import type { UnsolvedName } from './types';

/** A solver as an issuer's spec has it (cert-manager API, `ACMEChallengeSolver`). */
type Solver = Record<string, unknown>;
type Challenge = 'dns01' | 'http01';

const isIpAddress = (name: string) =>
  name.includes(':') || /^\d+(?:\.\d+){3}$/.test(name);

/**
 * The challenges that prove a name: http01 proves no wildcard (CA/Browser Forum, Baseline Requirements, section 3.2.2.4;
 * RFC 8555, section 7.1.4, leaves it to the CA), and dns01 no address (RFC 8738, section 7).
 */
function challengesFor(name: string): Challenge[] {
  if (name.startsWith('*.')) return ['dns01'];
  return isIpAddress(name) ? ['http01'] : ['http01', 'dns01'];
}

const labelsOf = (name: string) =>
  name.toLowerCase().replace(/\.$/, '').split('.');

function isInZone(name: string, zone: string): boolean {
  const wanted = labelsOf(zone);
  return labelsOf(name).slice(-wanted.length).join('.') === wanted.join('.');
}

const listOf = (value: unknown) => stringsOf(value as string[] | undefined);

/** By all three parts of its selector, of which each that is empty selects everything. */
function isFor(solver: Solver, name: string, labels: unknown): boolean {
  const { selector } = solver;
  if (!isRecord(selector)) return true;
  const dnsNames = listOf(selector.dnsNames);
  const dnsZones = listOf(selector.dnsZones);
  const required = isRecord(selector.matchLabels) ? selector.matchLabels : {};
  return (
    (dnsNames.length === 0 || dnsNames.includes(name)) &&
    (dnsZones.length === 0 || dnsZones.some(zone => isInZone(name, zone))) &&
    Object.entries(required).every(
      ([key, value]) => entryOf(labels, key) === value,
    )
  );
}

/**
 * The names of a Certificate that no solver of its ACME issuer can prove, as cert-manager picks solvers
 * (`pkg/util/solverpicker`): one that can take a challenge which the name allows and of which the selector takes in the name,
 * as it is written, and the labels of the Certificate, which its Order inherits. Where none can, cert-manager makes no
 * Challenge, and the Order stays pending until it ends. None for an issuer of another type.
 */
export function unsolvedNames(
  certificate: Certificate,
  issuer: Issuer | undefined,
): UnsolvedName[] {
  const acme = issuer?.spec?.acme;
  if (!isRecord(acme)) return [];
  const solvers = (Array.isArray(acme.solvers) ? acme.solvers : []).filter(
    isRecord,
  );
  const { labels } = certificate.metadata;
  const names = [
    ...stringsOf(certificate.spec?.dnsNames),
    ...stringsOf(certificate.spec?.ipAddresses),
    ...[textOf(certificate.spec?.commonName) ?? []].flat(),
  ];
  return [...new Set(names)].flatMap((name): UnsolvedName[] => {
    const needs = challengesFor(name);
    const able = solvers.filter(solver =>
      needs.some(challenge => isRecord(solver[challenge])),
    );
    if (able.some(solver => isFor(solver, name, labels))) return [];
    if (solvers.length === 0) return [{ name, needs, lack: 'solver' }];
    return [{ name, needs, lack: able.length === 0 ? 'challenge' : 'match' }];
  });
}
