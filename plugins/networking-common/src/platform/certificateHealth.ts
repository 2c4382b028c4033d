import { findCondition } from '../gateway-api/conditions';
import { isRecord, textOf } from '../gateway-api/lenient';
import { objectKey } from '../gateway-api/indexes';
import type { Certificate, Issuer } from '../gateway-api/types';
import { authoritiesOf } from '../certificates/authorities';
import { namesOf } from '../certificates/choose';
import {
  judgeCertificate,
  type CertificateQuestion,
} from '../certificates/judge';
import { isSettling } from '../certificates/judge/settling';
import { ofOldKeys } from '../certificates/oldKeys';
import { certificatesOf } from '../certificates/rivals';
import { issuerRemedy } from '../certificates/issuerRemedy';
import { issuerOf, issuerStatus } from '../certificates/trace';
import type { CertificateFacts, IssuerStatus } from '../certificates/types';
import { durationInWords } from '../findings/words';
import type { Finding, Severity, Subject } from '../verdicts/types';
import {
  conditionFindings,
  finding,
  missing,
  part,
  titleOf,
  type PlatformInput,
} from './part';
import { PLATFORM_REASONS as REASON } from './reasons';
import type { PlatformPart } from './types';

const CERT_MANAGER = 'cert-manager';

function readyFindings(
  subject: Subject,
  object: Issuer,
  consequence: string,
  remedy: string,
): Finding[] {
  const title = titleOf(subject);
  return conditionFindings({
    subject,
    title,
    // Ready of cert-manager does not follow each generation; its age is judged by dates instead.
    generation: 0,
    conditions: object.status?.conditions,
    controller: CERT_MANAGER,
    requirements: [
      {
        type: 'Ready',
        reason: REASON.notReady,
        consequence: `is not ready: ${consequence}`,
        remedy: `${remedy[0].toUpperCase()}${remedy.slice(1)}.`,
      },
    ],
  });
}

/** An issuer that is not ready for a moment, while its CA is being issued, needs nobody. */
function awaitedCa(
  { now }: PlatformInput,
  subject: Subject,
  { conditions, secrets }: IssuerStatus,
): Finding[] | undefined {
  const ready = findCondition(conditions, 'Ready');
  const ca = secrets?.filledBy;
  if (!ca || ready?.status !== 'False' || !isSettling(ready, now)) {
    return undefined;
  }
  return [
    finding(
      'info',
      REASON.pending,
      subject,
      `${titleOf(subject)} cannot sign until Certificate ${ca.namespace}/${
        ca.name
      } is issued.`,
    ),
  ];
}

/** A certificate in the words of the Certificates page, and whatever else matters here. */
function certificatePart(
  { settings, snapshot, now }: PlatformInput,
  facts: CertificateFacts,
  asked: Pick<CertificateQuestion, 'role' | 'ofOldKey'>,
  more: (subject: Subject) => Finding[] = () => [],
): PlatformPart {
  const { certificate, secret, leaf, chainNotAfter } = facts;
  const judged = judgeCertificate({
    facts,
    settings,
    now: new Date(now).toISOString(),
    ...asked,
  });
  const subject: Subject = {
    kind: certificate ? 'Certificate' : 'Secret',
    name: certificate?.name ?? secret.name,
    namespace: certificate?.namespace ?? secret.namespace,
    cluster: snapshot.cluster,
  };
  const end = chainNotAfter ?? leaf?.notAfter ?? certificate?.notAfter;
  const left = Date.parse(end ?? '') - now;
  const title = titleOf(subject);
  return part({
    part: 'certificate',
    name: subject.name,
    namespace: subject.namespace,
    findings: [...judged.findings, ...more(subject)],
    good: Number.isNaN(left)
      ? `${title} is issued.`
      : `${title} is valid for another ${durationInWords(left)}.`,
    facts: {
      secret: secret.name,
      dnsNames: namesOf(facts).join(', '),
      notBefore: leaf?.notBefore ?? certificate?.notBefore,
      notAfter: leaf?.notAfter ?? certificate?.notAfter,
      renewalTime: certificate?.renewalTime,
      issuer: facts.issuer?.name,
    },
  });
}

const ofOldKeysOf = (
  { settings, now }: PlatformInput,
  served: readonly CertificateFacts[],
) =>
  ofOldKeys(
    served.map(facts => ({
      facts,
      findings: judgeCertificate({
        facts,
        settings,
        now: new Date(now).toISOString(),
      }).findings,
    })),
  );

/** Does the gateway's controller find what the https listener names? It says so of a Secret that holds a certificate and its key. */
function hasSecret({ snapshot, settings: { gateway } }: PlatformInput) {
  const listeners = snapshot.get('Gateway', gateway.namespace, gateway.name)
    ?.status?.listeners;
  const https = Array.isArray(listeners)
    ? listeners.find(one => one?.name === gateway.httpsSection)
    : undefined;
  return findCondition(https?.conditions, 'ResolvedRefs')?.status === 'True';
}

/** A certificate of which neither a Certificate nor anything else is known. */
function missingPart(
  input: PlatformInput,
  place: { name: string; namespace: string },
  consequence: string,
  severity: Severity = 'error',
): PlatformPart {
  const subject: Subject = {
    kind: 'Certificate',
    ...place,
    cluster: input.settings.cluster,
  };
  return part({
    part: 'certificate',
    ...place,
    findings: [missing(input, subject, consequence, severity)],
    good: '',
  });
}

function issuerPart(
  input: PlatformInput,
  certificate: Certificate | undefined,
  fallbackName: string,
): PlatformPart {
  const { snapshot, settings } = input;
  const issuer = (certificate && issuerOf(snapshot, certificate, settings)) ?? {
    kind: 'ClusterIssuer',
    name: fallbackName,
    group: 'cert-manager.io',
    namespace: undefined,
    object: snapshot.get('ClusterIssuer', undefined, fallbackName),
    secretNamespace: settings.certificates.clusterResourceNamespace,
  };
  const { kind, name } = issuer;
  const namespace = 'namespace' in issuer ? issuer.namespace : undefined;
  const object = 'object' in issuer ? issuer.object : undefined;
  const subject: Subject = {
    kind,
    name,
    ...(namespace !== undefined && { namespace }),
    cluster: settings.cluster,
  };
  const consequence = 'certificates are not issued and not renewed';
  let findings: Finding[];
  if ('external' in issuer) {
    findings = [
      finding(
        'info',
        REASON.notKnown,
        subject,
        `${titleOf(
          subject,
        )} is not one of cert-manager's own and is not judged here.`,
      ),
    ];
  } else if (object) {
    const status = issuerStatus(snapshot, issuer);
    findings =
      awaitedCa(input, subject, status) ??
      readyFindings(subject, object, consequence, issuerRemedy(status));
  } else {
    findings = [missing(input, subject, consequence)];
  }
  return part({
    part: 'issuer',
    name,
    namespace,
    findings,
    good: `${titleOf(subject)} is ready.`,
    facts: { kind, caSecret: textOf(object?.spec?.ca?.secretName) },
  });
}

/** The platform's hosts are those of its suffix; only one of several certificates has to be for them. */
function suffixFindings(
  { settings }: PlatformInput,
  all: readonly CertificateFacts[],
  subject: Subject,
): Finding[] {
  const { dnsSuffix } = settings.network;
  if (dnsSuffix === undefined) return [];
  const names = all.flatMap(namesOf).map(name => name.toLowerCase());
  if (names.includes(`*.${dnsSuffix}`)) return [];
  return [
    finding(
      'error',
      REASON.notForSuffix,
      subject,
      `Browsers refuse hosts of ${dnsSuffix}: ${titleOf(subject)} is for ${
        names.join(', ') || 'no host'
      }.`,
      'Apply the platform again.',
    ),
  ];
}

/**
 * Issuers and certificates, followed from the https listener: its certificates by Secret, the issuer of the first by reference,
 * the CA by the issuer's Secret, the CA's own issuer. Names of the settings serve only where the chain breaks off.
 *
 * @param facts - one for each certificate that the listener names; none where there is no listener
 */
export function certificateParts(
  input: PlatformInput,
  facts: readonly CertificateFacts[],
): PlatformPart[] {
  const { snapshot, settings } = input;
  const { certificates: names, gateway } = settings;
  const secret = facts[0]?.secret ?? {
    namespace: gateway.namespace,
    name: names.wildcardSecret,
  };
  const [leaf] = certificatesOf(snapshot, secret.namespace, secret.name);
  const issuer = leaf && issuerOf(snapshot, leaf, settings);
  const issuerObject = issuer && 'object' in issuer ? issuer.object : undefined;
  const isFilled = hasSecret(input);
  // An issuer that keeps no CA in the cluster has no Certificate behind it to judge.
  const hasCa = !issuerObject || isRecord(issuerObject.spec?.ca);
  const [caCertificate] = certificatesOf(
    snapshot,
    issuer?.secretNamespace ?? names.clusterResourceNamespace,
    textOf(issuerObject?.spec?.ca?.secretName) ?? names.caSecret,
  );
  const [ca] = facts[0] ? authoritiesOf(facts[0], snapshot, settings) : [];
  const known = facts.filter(one => one.certificate ?? one.leaf);
  // That it is there and not used is told by the issuer, which names something else.
  const isCaThere =
    ca !== undefined ||
    snapshot.get(
      'Certificate',
      names.clusterResourceNamespace,
      names.caCertificate,
    ) !== undefined;
  return [
    issuerPart(input, leaf, names.issuer),
    ...(hasCa
      ? [issuerPart(input, caCertificate, names.selfSignedIssuer)]
      : []),
    ...(known.length > 0
      ? known.map((one, index) =>
          certificatePart(input, one, {}, subject =>
            index === 0 ? suffixFindings(input, known, subject) : [],
          ),
        )
      : [
          missingPart(
            input,
            { name: names.wildcardCertificate, namespace: secret.namespace },
            isFilled
              ? `nothing renews what is in Secret ${secret.namespace}/${secret.name}`
              : 'connections fail before any request',
            isFilled ? 'warning' : 'error',
          ),
        ]),
    ...(ca
      ? [
          certificatePart(input, ca, {
            role: 'ca',
            ofOldKey: ofOldKeysOf(input, known).get(
              objectKey(ca.secret.namespace, ca.secret.name),
            ),
          }),
        ]
      : []),
    ...(!isCaThere && hasCa
      ? [
          missingPart(
            input,
            {
              name: names.caCertificate,
              namespace: names.clusterResourceNamespace,
            },
            'nothing can be signed',
          ),
        ]
      : []),
  ];
}
