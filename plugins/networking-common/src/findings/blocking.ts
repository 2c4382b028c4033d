import type { Finding } from './types';

/** A finding that stops a write. */
export const blocking = (finding: Omit<Finding, 'severity'>): Finding => ({
  ...finding,
  severity: 'blocking',
});
