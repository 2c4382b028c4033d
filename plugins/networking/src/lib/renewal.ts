import {
  VERDICT_REASONS,
  type CertificateRow,
  type CertificateStatus,
  type Condition,
  type Finding,
} from 'backstage-plugin-networking-common';
import { qualified } from './names';

/** A renewal that was asked for here. */
export interface StartedRenewal {
  /** Before. */
  revision?: number;
  /** Of the Certificate when it was asked for: a row that still has it is older than that. */
  resourceVersion?: string;
}

/** How far a renewal is, in the order in which it goes. */
export const RENEWAL_STAGES = [
  'asked',
  'requested',
  'issued',
  'served',
] as const;

/** @see RENEWAL_STAGES */
export type RenewalStage = (typeof RENEWAL_STAGES)[number];

/** Where a renewal stands. */
export interface Renewal {
  /** The stage that was reached last. */
  stage: RenewalStage;
  /**
   * `underWay`: something is waited for. `held`: an issuer is waited for that cannot sign. `stopped`: cert-manager could not
   * issue it.
   */
  state: 'underWay' | 'held' | 'done' | 'stopped';
  /** What is so now, or why it stopped. */
  sentence: string;
}

const conditionOf = (
  conditions: readonly Condition[] | undefined,
  type: string,
): Condition | undefined => conditions?.find(known => known.type === type);

const isTrue = (condition: Condition | undefined) =>
  condition?.status === 'True';

const said = (condition: Condition | undefined): string =>
  condition?.message
    ? ` cert-manager says: ${condition.message.trim().replace(/\.$/, '')}.`
    : '';

/** Why cert-manager gave up, where it has and tries nothing at present. */
function failureOf({
  conditions,
  nextRequest,
}: CertificateStatus): string | undefined {
  const issuing = conditionOf(conditions, 'Issuing');
  const refused = ['Denied', 'InvalidRequest']
    .map(type => conditionOf(nextRequest?.conditions, type))
    .find(isTrue);
  if (issuing?.status !== 'False' && !nextRequest?.failedAt && !refused) {
    return undefined;
  }
  const why = refused ?? conditionOf(nextRequest?.conditions, 'Ready');
  return `It was not issued.${said(
    why?.message ? why : issuing,
  )} What was issued before is still served.`;
}

const OF_ISSUER: ReadonlySet<string> = new Set([
  VERDICT_REASONS.issuerMissing,
  VERDICT_REASONS.issuerNotReady,
]);

/** What keeps the issuer from signing, with the remedy, where something does. */
export const issuerTrouble = ({
  findings,
}: CertificateRow): Finding | undefined =>
  findings.find(
    ({ reason, severity }) => OF_ISSUER.has(reason) && severity !== 'info',
  );

/** `ClusterIssuer idp-demo-ca`. */
export const issuerName = ({ facts: { issuer } }: CertificateRow): string =>
  issuer ? `${issuer.kind} ${qualified(issuer)}` : 'the issuer';

/** That the issuer has to be mended first; how stands once beside the row. */
function heldBy(row: CertificateRow, trouble: Finding): string {
  const what =
    trouble.reason === VERDICT_REASONS.issuerMissing
      ? 'does not exist'
      : 'is not ready';
  const remedy =
    trouble.remedy && trouble.message !== row.finding.message
      ? ` ${trouble.remedy}`
      : '';
  return `It waits for ${issuerName(row)}, which ${what}.${remedy}`;
}

/** How far it is until it is issued. */
function requestedOf(request: CertificateStatus['nextRequest']): Renewal {
  if (!request || request.failedAt) {
    return {
      stage: 'asked',
      state: 'underWay',
      sentence: 'cert-manager was asked to issue it.',
    };
  }
  const ready = conditionOf(request.conditions, 'Ready');
  return {
    stage: 'requested',
    state: 'underWay',
    sentence: isTrue(ready)
      ? `CertificateRequest ${request.name} is signed, and cert-manager stores what was issued.`
      : `CertificateRequest ${request.name} is with the issuer.${said(ready)}`,
  };
}

/** What of an issued certificate is seen on the wire. */
function servedOf(row: CertificateRow): Renewal {
  const { leaf, certificate } = row.facts;
  const issued = `Issued as revision ${certificate?.revision ?? 'of late'}`;
  if (row.role === 'ca') {
    return {
      stage: 'issued',
      state: 'done',
      sentence: `${issued}. It signs from now on.`,
    };
  }
  if (!leaf || row.served.length === 0) {
    return {
      stage: 'issued',
      state: 'underWay',
      sentence: `${issued}. Whether the gateway serves it is seen when one of its hosts is asked next.`,
    };
  }
  const others = row.served.filter(
    served => served.leaf.fingerprintSha256 !== leaf.fingerprintSha256,
  );
  if (others.length > 0) {
    const hosts = others.reduce((sum, other) => sum + other.hosts, 0);
    return {
      stage: 'issued',
      state: 'underWay',
      sentence: `${issued}. When asked last, ${hosts} ${
        hosts === 1 ? 'host' : 'hosts'
      } served the one before, with serial number ${
        others[0].leaf.serialNumber
      }.`,
    };
  }
  return {
    stage: 'served',
    state: 'done',
    sentence: `${issued}, and the gateway serves it: serial number ${leaf.serialNumber}.`,
  };
}

/** Was something issued that is not served, while what was issued before is? */
const isBeingTakenUp = ({ facts, served }: CertificateRow): boolean =>
  served.some(({ leaf }) =>
    facts.earlier?.some(
      earlier => earlier.leaf.fingerprintSha256 === leaf.fingerprintSha256,
    ),
  );

/**
 * Where the renewal of a certificate stands, by its row alone, so that it shows after a reload and to others too. Undefined
 * where none is under way.
 *
 * @param started - of the one that was asked for here: it is shown until it is done, and what came of it
 */
export function renewalOf(
  row: CertificateRow,
  started?: StartedRenewal,
): Renewal | undefined {
  const { certificate } = row.facts;
  if (!certificate) return undefined;
  const issuing = conditionOf(certificate.conditions, 'Issuing');
  const request = certificate.nextRequest;
  const trouble = issuerTrouble(row);
  if (isTrue(issuing) && trouble) {
    return {
      stage: request && !request.failedAt ? 'requested' : 'asked',
      state: 'held',
      sentence: heldBy(row, trouble),
    };
  }
  if (isTrue(issuing)) return requestedOf(request);
  if (!started) {
    return isBeingTakenUp(row) ? servedOf(row) : undefined;
  }
  if ((certificate.revision ?? 0) > (started.revision ?? 0)) {
    const renewal = servedOf(row);
    // What broke afterwards is not mended by it.
    return renewal.stage === 'served' && row.word === 'Bad'
      ? undefined
      : renewal;
  }
  const isOlder =
    started.resourceVersion !== undefined &&
    started.resourceVersion === certificate.resourceVersion;
  const failure = isOlder ? undefined : failureOf(certificate);
  return failure
    ? { stage: 'asked', state: 'stopped', sentence: failure }
    : {
        stage: 'asked',
        state: 'underWay',
        sentence: 'cert-manager was asked to issue it.',
      };
}
