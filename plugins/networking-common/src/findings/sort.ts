import type { Finding, Severity } from '../verdicts/types';

const ORDER: readonly Severity[] = [
  'blocking',
  'confirm',
  'error',
  'warning',
  'info',
];

/** The findings that stop a write. @public */
export function blockingFindings(findings: readonly Finding[]): Finding[] {
  return findings.filter(finding => finding.severity === 'blocking');
}

/** Worst first; findings of one severity keep their order. */
export function sortFindings(findings: readonly Finding[]): Finding[] {
  return ORDER.flatMap(severity =>
    findings.filter(finding => finding.severity === severity),
  );
}

/** `a`, `a and b`, `a, b and c`. */
export function listInWords(items: readonly string[]): string {
  const last = items[items.length - 1] ?? '';
  return items.length < 2
    ? last
    : `${items.slice(0, -1).join(', ')} and ${last}`;
}
