import { findCondition } from '../../gateway-api/conditions';
import { outcome } from '../../findings/outcome';
import { VERDICT_REASONS as REASON } from '../../findings/reasons';
import { issuerTitle } from '../issuerRemedy';
import type { UnsolvedName } from '../types';
import { timeOf } from './input';
import { consequence, isMissed } from './issuing';
import { isFailing } from './presence';
import type { CertificateCheck, CertificateInput } from './types';

/** `*.example.org is a wildcard, which needs …` */
const KINDS: Partial<Record<string, string>> = {
  dns01: 'a wildcard',
  http01: 'an IP address',
};

/** `a dns01 solver`, `an http01 or dns01 solver`. */
const solverFor = ({ needs }: UnsolvedName) =>
  `${needs[0] === 'http01' ? 'an' : 'a'} ${needs.join(' or ')} solver`;

function lackOf(
  first: UnsolvedName,
  issuer: NonNullable<CertificateInput['facts']['issuer']>,
): string {
  const { name, needs, lack } = first;
  const title = issuerTitle(issuer);
  const kind = needs.length === 1 ? KINDS[needs[0]] : undefined;
  const need = `${name}${
    kind === undefined ? '' : ` is ${kind}, which`
  } needs ${solverFor(first)}`;
  switch (lack) {
    case 'solver':
      return `${need}, and ${title} has no solver at all`;
    case 'challenge':
      return `${need}, and ${title} has none`;
    default:
      return `${need}, and the selectors of those that ${title} has leave it out`;
  }
}

/** What to do about the first of the names that no solver can prove, as an imperative; undefined where there is none. */
export function solverTodo({
  facts: { issuer },
  title,
}: CertificateInput): string | undefined {
  const [first] = issuer?.unsolved ?? [];
  if (!issuer || !first) return undefined;
  const where = `spec.acme.solvers of ${issuerTitle(issuer)}`;
  return first.lack === 'match'
    ? `let the selector of ${solverFor(first)} in ${where} take in ${
        first.name
      }`
    : `add ${solverFor(first)} for ${
        first.name
      } to ${where}, or name another issuer in ${title}`;
}

/** Is a renewal asked for, or due? */
function isToBeRenewed({ facts, now }: CertificateInput): boolean {
  const { certificate } = facts;
  const renewal = timeOf(certificate?.renewalTime);
  return (
    findCondition(certificate?.conditions, 'Issuing')?.status === 'True' ||
    (renewal !== undefined && renewal <= now)
  );
}

/**
 * Can its ACME issuer prove every name? It is asked before anything has failed, since cert-manager waits without end for a
 * solver that is not there. Of what was issued it says nothing until it is to be renewed: a CA may know a name as proved.
 */
export const hasSolver: CertificateCheck = input => {
  const { issuer } = input.facts;
  const [first, ...others] = issuer?.unsolved ?? [];
  const todo = solverTodo(input);
  if (!issuer || !first || todo === undefined) return undefined;
  const isMissing = isMissed(input);
  if (!isMissing && !isToBeRenewed(input) && !isFailing(input)) {
    return undefined;
  }
  const more =
    others.length === 0
      ? ''
      : ` The same holds for ${others.length} more of its names.`;
  return outcome(isMissing ? 'Broken' : 'Degraded', 'listener', {
    reason: REASON.solverMissing,
    message: `${consequence(input)}${
      input.title
    } cannot be issued, since ${lackOf(first, issuer)}.${more}`,
    remedy: input.todo(todo),
    subject: input.subject,
    details: {
      issuer: issuerTitle(issuer),
      field: 'spec.acme.solvers',
      names: [first, ...others].map(({ name }) => name).join(', '),
    },
  });
};
