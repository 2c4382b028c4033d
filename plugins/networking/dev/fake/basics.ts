import type { Finding } from 'backstage-plugin-networking-common';

const DAY = 24 * 60 * 60 * 1000;

/** Suffix and port of the imaginary platform: the documentation range of RFC 5737. */
export const SUFFIX = '192-0-2-20.nip.io';
export const HTTPS_PORT = 30443;

/** ISO time so many seconds before the present. */
export const secondsAgo = (seconds: number, now = Date.now()): string =>
  new Date(now - seconds * 1000).toISOString();

/** ISO time so many days after the present, and an hour, so that whole days are left. */
export const daysAhead = (days: number, now = Date.now()): string =>
  new Date(now + days * DAY + DAY / 24).toISOString();

/** A finding about a route unless something else is said. */
export const finding = (
  reason: string,
  message: string,
  more: Partial<Finding> = {},
): Finding => ({
  reason,
  severity: 'info',
  message,
  actor: { is: 'reader' },
  subject: { kind: 'HTTPRoute', namespace: 'shop', name: 'shop' },
  ...more,
});
