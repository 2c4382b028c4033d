import { findCondition } from '../gateway-api/conditions';
import {
  isRecord,
  numberOf,
  objectsOf,
  stringsOf,
  textOf,
} from '../gateway-api/lenient';
import type { Certificate, Gateway, Issuer } from '../gateway-api/types';
import { certificatesOf } from '../certificates/rivals';
import { issuerOf } from '../certificates/trace';
import type { CertificateFacts } from '../certificates/types';
import type { Finding, Subject } from '../verdicts/types';
import {
  conditionDetails,
  dateInWords,
  durationInWords,
} from '../findings/words';
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

const MONTH = 30 * 86_400_000;
const CERT_MANAGER = 'cert-manager';

interface Link {
  /** Where the Certificate is looked for. */
  namespace: string;
  secret: string;
  fallbackName: string;
  certificates: Certificate[];
}

const timeOf = (iso: unknown): number | undefined => {
  const ms = Date.parse(textOf(iso) ?? '');
  return Number.isNaN(ms) ? undefined : ms;
};

function readyFindings(
  subject: Subject,
  object: Certificate | Issuer,
  consequence: string,
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
        remedy: `Change in ${title} what cert-manager's message names.`,
      },
    ],
  });
}

function renewalFindings(
  { now }: PlatformInput,
  subject: Subject,
  certificate: Certificate,
): Finding[] {
  const { status } = certificate;
  const title = titleOf(subject);
  const attempts = numberOf(status?.failedIssuanceAttempts) ?? 0;
  const due = timeOf(status?.renewalTime);
  const issuing = findCondition(status?.conditions, 'Issuing');
  if (attempts > 0) {
    return [
      finding(
        'warning',
        REASON.renewalFails,
        subject,
        `Renewing ${title} has failed ${attempts} time${
          attempts === 1 ? '' : 's'
        }; browsers refuse it once it expires.`,
        `Change what the message of ${title} names, then renew it.`,
        conditionDetails(issuing),
      ),
    ];
  }
  if (due !== undefined && due < now && issuing?.status !== 'True') {
    return [
      finding(
        'warning',
        REASON.renewalOverdue,
        subject,
        `${title} should have been renewed ${durationInWords(
          now - due,
        )} ago, and nothing happens.`,
        `Check that ${CERT_MANAGER} runs.`,
      ),
    ];
  }
  return [];
}

/** Dates are judged here by the clock: Ready can stay True on an expired certificate whose controller is stuck. */
function dateFindings(
  { now }: PlatformInput,
  subject: Subject,
  begin: unknown,
  end: number | undefined,
): Finding[] {
  if (end === undefined) return [];
  const title = titleOf(subject);
  const date = dateInWords(new Date(end).toISOString());
  if (end <= now) {
    return [
      finding(
        'error',
        REASON.expired,
        subject,
        `Browsers refuse what ${title} holds: it expired on ${date}.`,
        `Renew ${title}.`,
      ),
    ];
  }
  const start = timeOf(begin);
  const notice = start ? Math.min(MONTH, (end - start) / 3) : MONTH;
  if (end - now > notice) return [];
  return [
    finding(
      'warning',
      REASON.expiresSoon,
      subject,
      `${title} expires in ${durationInWords(end - now)}, on ${date}.`,
      `Renew ${title}.`,
    ),
  ];
}

function certificatePart(
  input: PlatformInput,
  link: Link,
  consequence: string,
  more: (certificate: Certificate, subject: Subject) => Finding[],
): PlatformPart {
  const [certificate, ...others] = link.certificates;
  const subject: Subject = {
    kind: 'Certificate',
    name: certificate?.metadata.name ?? link.fallbackName,
    namespace: link.namespace,
    cluster: input.settings.cluster,
  };
  const end = timeOf(certificate?.status?.notAfter);
  const findings = certificate
    ? [
        ...readyFindings(subject, certificate, consequence),
        ...dateFindings(input, subject, certificate.status?.notBefore, end),
        ...renewalFindings(input, subject, certificate),
        ...(others.length === 0
          ? []
          : [
              finding(
                'warning',
                REASON.secretShared,
                subject,
                `${others.length + 1} Certificates fill Secret ${
                  link.namespace
                }/${link.secret} and overwrite each other.`,
                `Delete all but one of: ${link.certificates
                  .map(({ metadata }) => metadata.name)
                  .join(', ')}.`,
              ),
            ]),
        ...more(certificate, subject),
      ]
    : [missing(input, subject, consequence)];
  return part({
    part: 'certificate',
    name: subject.name,
    namespace: link.namespace,
    findings,
    good:
      end === undefined
        ? `${titleOf(subject)} is issued.`
        : `${titleOf(subject)} is valid for another ${durationInWords(
            end - input.now,
          )}.`,
    facts: {
      secret: link.secret,
      dnsNames: stringsOf(certificate?.spec?.dnsNames).join(', '),
      notBefore: textOf(certificate?.status?.notBefore),
      notAfter: textOf(certificate?.status?.notAfter),
      renewalTime: textOf(certificate?.status?.renewalTime),
      issuer: textOf(certificate?.spec?.issuerRef?.name),
    },
  });
}

function issuerPart(
  input: PlatformInput,
  certificate: Certificate | undefined,
  fallbackName: string,
): PlatformPart {
  const { snapshot, settings } = input;
  const followed = certificate && issuerOf(snapshot, certificate, settings);
  const kind = followed?.kind ?? 'ClusterIssuer';
  const name = followed?.name ?? fallbackName;
  const namespace =
    followed && 'namespace' in followed ? followed.namespace : undefined;
  const object =
    followed && 'object' in followed
      ? followed.object
      : snapshot.get('ClusterIssuer', undefined, name);
  const subject: Subject = {
    kind,
    name,
    ...(namespace !== undefined && { namespace }),
    cluster: settings.cluster,
  };
  const consequence = 'certificates are not issued and not renewed';
  const isExternal = followed !== undefined && 'external' in followed;
  let findings: Finding[];
  if (isExternal) {
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
    findings = readyFindings(subject, object, consequence);
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

function caFindings(
  leaf: Certificate | undefined,
  ca: Certificate,
  subject: Subject,
): Finding[] {
  const findings: Finding[] = [];
  const title = titleOf(subject);
  const [caEnd, leafEnd] = [ca, leaf].map(one => timeOf(one?.status?.notAfter));
  if (caEnd !== undefined && leafEnd !== undefined && caEnd < leafEnd) {
    findings.push(
      finding(
        'warning',
        REASON.caEndsFirst,
        subject,
        `${title} expires on ${dateInWords(
          ca.status?.notAfter,
        )}, before the certificate that it signed: browsers refuse both from then on.`,
        `Give ${title} a longer duration, renew it, then renew Certificate ${leaf?.metadata.namespace}/${leaf?.metadata.name}.`,
      ),
    );
  }
  const spec: unknown = ca.spec;
  const key = isRecord(spec) ? spec.privateKey : undefined;
  if (!isRecord(key) || key.rotationPolicy !== 'Never') {
    findings.push(
      finding(
        'warning',
        REASON.caKeyRotates,
        subject,
        `${title} gets a new key with each renewal: browsers then refuse every certificate signed before, until each is renewed.`,
        `Set privateKey.rotationPolicy: Never on ${title}.`,
      ),
    );
  }
  return findings;
}

function wildcardFindings(
  input: PlatformInput,
  facts: CertificateFacts | undefined,
  certificate: Certificate,
  subject: Subject,
): Finding[] {
  const { dnsSuffix } = input.settings.network;
  const title = titleOf(subject);
  const names = stringsOf(certificate.spec?.dnsNames);
  const findings: Finding[] = [];
  if (dnsSuffix !== undefined && !names.includes(`*.${dnsSuffix}`)) {
    findings.push(
      finding(
        'error',
        REASON.notForSuffix,
        subject,
        `Browsers refuse hosts of ${dnsSuffix}: ${title} is for ${
          names.join(', ') || 'no host'
        }.`,
        'Apply the platform again.',
      ),
    );
  }
  if (facts?.verified === false) {
    findings.push(
      finding(
        'error',
        REASON.notTrusted,
        subject,
        `Browsers refuse what ${title} holds: the CA that signs today did not sign it, as after a change of the CA key.`,
        `Renew ${title}.`,
        facts.verificationError ? { code: facts.verificationError } : undefined,
      ),
    );
  }
  return findings;
}

/**
 * Issuers and certificates, followed from the https listener: wildcard certificate by Secret, its issuer by reference,
 * the CA by the issuer's Secret, the CA's own issuer. Names of the settings serve only where the chain breaks off.
 */
export function certificateParts(
  input: PlatformInput,
  gateway: Gateway | undefined,
  facts: CertificateFacts | undefined,
): PlatformPart[] {
  const { snapshot, settings } = input;
  const { certificates: names } = settings;
  const listener = objectsOf(gateway?.spec?.listeners).find(
    ({ name }) => name === settings.gateway.httpsSection,
  );
  const [ref] = objectsOf(listener?.tls?.certificateRefs);
  const namespace = textOf(ref?.namespace) ?? settings.gateway.namespace;
  const secret = textOf(ref?.name) ?? names.wildcardSecret;
  const wildcard: Link = {
    namespace,
    secret,
    fallbackName: names.wildcardCertificate,
    certificates: certificatesOf(snapshot, namespace, secret),
  };
  const [leaf] = wildcard.certificates;
  const issuer = leaf && issuerOf(snapshot, leaf, settings);
  const issuerObject = issuer && 'object' in issuer ? issuer.object : undefined;
  // An issuer that keeps no CA in the cluster has no Certificate behind it to judge.
  const hasCa = !issuerObject || isRecord(issuerObject.spec?.ca);
  const caSecret = textOf(issuerObject?.spec?.ca?.secretName) ?? names.caSecret;
  const caNamespace = issuer?.secretNamespace ?? names.clusterResourceNamespace;
  const ca: Link = {
    namespace: caNamespace,
    secret: caSecret,
    fallbackName: names.caCertificate,
    certificates: certificatesOf(snapshot, caNamespace, caSecret),
  };
  const [caCertificate] = ca.certificates;
  return [
    issuerPart(input, leaf, names.issuer),
    ...(hasCa
      ? [issuerPart(input, caCertificate, names.selfSignedIssuer)]
      : []),
    certificatePart(
      input,
      wildcard,
      'connections fail before any request',
      (certificate, subject) =>
        wildcardFindings(input, facts, certificate, subject),
    ),
    ...(hasCa
      ? [
          certificatePart(
            input,
            ca,
            'nothing can be signed',
            (certificate, subject) => caFindings(leaf, certificate, subject),
          ),
        ]
      : []),
  ];
}
