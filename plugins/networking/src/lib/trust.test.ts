import type {
  ExposureHost,
  ProbeFacts,
  TlsStatus,
} from 'backstage-plugin-networking-common';
import { badTls, finding, goodTls } from '../../dev/fake';
import { trustSentence } from './trust';

const of = (
  reason: string,
  word: TlsStatus['word'],
  more: Partial<TlsStatus> = {},
): TlsStatus => ({
  ...badTls(),
  word,
  trustedBy: undefined,
  finding: finding(reason, `Said of ${reason}.`),
  ...more,
});

const seen = (verified: boolean, verificationError?: string) =>
  ({ tls: { verified, verificationError } } as ProbeFacts);

interface Case {
  tls: TlsStatus;
  probe?: ExposureHost['probe'];
  is: string;
}

const cases: Record<string, Case> = {
  'names the CA that clients have to trust': {
    tls: goodTls(),
    is: 'by clients that trust the CA idp-demo-ca',
  },
  'names it whatever else is wrong': {
    tls: {
      ...of('IssuerNotReady', 'Degraded'),
      trustedBy: goodTls().trustedBy,
    },
    is: 'by clients that trust the CA idp-demo-ca',
  },
  'says why nobody trusts it': {
    tls: of('CertificateOfOldCaKey', 'Bad'),
    is: 'Said of CertificateOfOldCaKey.',
  },
  'says why it is not known': {
    tls: of('CertificateTrustNotKnown', 'Unknown'),
    is: 'Said of CertificateTrustNotKnown.',
  },
  'needs no CA for what public CAs signed': {
    tls: of('CertificateGood', 'Good'),
    is: 'by browsers and systems as they are',
  },
  'does not repeat trouble that is not about trust, where it was verified': {
    tls: of('IssuanceFails', 'Degraded'),
    probe: seen(true),
    is: 'by browsers and systems as they are',
  },
  'does not repeat trouble that is not about trust, where nothing is known': {
    tls: of('IssuerNotReady', 'Degraded'),
    is: 'not known',
  },
  'does not take another host for another CA': {
    tls: of('CertificateNotForHost', 'Bad'),
    probe: seen(false, 'ERR_TLS_CERT_ALTNAME_INVALID'),
    is: 'not known',
  },
  'says that the last check did not verify it': {
    tls: of('CertificateNotForHost', 'Bad'),
    probe: seen(false, 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'),
    is: 'by nobody who verifies it as the last check did',
  },
  'says that it is not valid at this time': {
    tls: of('CertificateExpired', 'Bad'),
    probe: seen(false, 'CERT_HAS_EXPIRED'),
    is: 'by nobody while it is not valid',
  },
};

it.each(Object.entries(cases))('%s', (_, { tls, probe, is }) => {
  expect(trustSentence({ tls, probe })).toBe(is);
});
