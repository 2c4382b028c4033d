import type { Outcome } from '../../findings/outcome';
import type { ClusterSettings } from '../../settings/types';
import type { Finding, Subject, TlsWord } from '../../verdicts/types';
import type { CertificateFacts, CertificateSummary } from '../types';

/** What a probe saw of a certificate: see `ProbeFacts.tls`. @public */
export interface ServedCertificate {
  leaf?: CertificateSummary;
  chain?: CertificateSummary[];
  verified?: boolean;
  verificationError?: string;
  verificationMessage?: string;
  /** ISO 8601 time of the probe. */
  at?: string;
}

/** What is judged of a certificate, whatever host it is for. @public */
export interface CertificateQuestion {
  facts: CertificateFacts;
  /** Undefined where no probe has seen what is served. */
  served?: ServedCertificate;
  settings: ClusterSettings;
  /** ISO 8601. */
  now: string;
  /** Default `served`. A CA is served by nobody, and its own trust is its clients' choice. */
  role?: 'served' | 'ca';
  /**
   * Of a CA: titles of what it has signed with a key that it no longer has, such as `Certificate a/b`. Default: none, or not
   * known.
   */
  ofOldKey?: readonly string[];
  /**
   * Whom the reader has to ask, such as `the platform's admins`. Undefined: the reader is one of them, and remedies say what to
   * do.
   */
  owners?: string;
}

/** One word on a certificate, and why. @public */
export interface CertificateJudgement {
  word: TlsWord;
  /** What decided the word. */
  finding: Finding;
  /** Worst first, with the deciding one unless nothing is wrong. */
  findings: Finding[];
}

/** What the checks are asked of. */
export interface CertificateInput extends Omit<CertificateQuestion, 'now'> {
  role: 'served' | 'ca';
  /** Milliseconds since the epoch. */
  now: number;
  /** What clients get: what was served, else what was issued. */
  leaf?: CertificateSummary;
  /** Is that, as far as is known, the certificate that was issued last? */
  isIssuedOne: boolean;
  /** Revision of what is served, where that is an earlier one. */
  earlier?: NonNullable<CertificateFacts['earlier']>[number];
  /** Does what clients get verify against the CA that signs today? Undefined: not known. */
  verified?: boolean;
  /** OpenSSL's name for why not. */
  code?: string;
  /** Milliseconds since the epoch; of the leaf where it is known, else what cert-manager says. */
  begin?: number;
  end?: number;
  /** The earliest end of the leaf and of all that it hangs on. */
  chainEnd?: number;
  subject: Subject;
  /** `Certificate kube-system/idp-wildcard-cert`, `the certificate in Secret …`. */
  title: string;
  /** `renew Certificate a/b` → a remedy for who reads it. */
  todo: (what: string) => string;
}

export type CertificateCheck = (
  input: CertificateInput,
) => Outcome | readonly Outcome[] | undefined;
