import { bad } from './bad';
import { degraded } from './degraded';
import { quiet } from './quiet';
import type { CertificateState } from './state';
import { unknown } from './unknown';

export type { CertificateState };

/** One certificate for each state, the worst first. */
export const certificateStates = (): CertificateState[] => [
  ...bad(),
  ...degraded(),
  ...unknown(),
  ...quiet(),
];
