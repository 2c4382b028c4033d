import { judgeCertificate, type CertificateJudgement } from '../judge';
import type { TlsWord } from '../../verdicts/types';
import { healthy, type World } from './facts';

/** What is changed in a world where nothing is wrong, and what a certificate then comes to. */
export interface Case {
  change?: (world: World) => void;
  word: TlsWord;
  reason: string;
  says?: RegExp;
  remedy?: RegExp;
  /** Of others that are found besides. */
  besides?: string[];
  /** Of others that are not. */
  lacks?: string[];
}

/** Tables of cases, by what they are about, each keyed by the end of a sentence. */
export type Cases = Record<string, Case>;

export function judge(
  change: (world: World) => void = () => {},
): CertificateJudgement {
  const world = healthy();
  change(world);
  return judgeCertificate(world);
}

/** What a case comes to, to be compared with what is {@link wanted}. */
export function seen({ change }: Case) {
  const { word, finding, findings } = judge(change);
  const { reason, message, remedy = '' } = finding;
  const reasons = findings.map(one => one.reason);
  return { word, reason, message, remedy, reasons };
}

export const wanted = ({
  word,
  reason,
  says,
  remedy,
  besides,
  lacks = [],
}: Case) => ({
  word,
  reason,
  message: expect.stringMatching(says ?? /./),
  remedy: expect.stringMatching(remedy ?? /^/),
  reasons:
    lacks.length > 0
      ? expect.not.arrayContaining(lacks)
      : expect.arrayContaining(besides ?? []),
});
