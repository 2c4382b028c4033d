import type { TlsStatus } from 'backstage-plugin-networking-common';
import type { TlsWorld } from '../world/tlsWorld';

/** As `Suite`, in a world of certificates. */
export type TlsSuite = (world: () => TlsWorld) => void;

/** `Good CertificateGood`: word and reason, as a person sees the one and a program the other. */
export const said = ({ word, finding }: TlsStatus) =>
  `${word} ${finding.reason}`;

export const saysSo = (expected: string) => (exposure: { tls: TlsStatus }) =>
  said(exposure.tls) === expected;

export const GOOD = 'Good CertificateGood';

/** cert-manager's shortest life, and a renewal well before its end. */
export const SHORT_LIFE = { duration: '1h', renewBefore: '20m' };
