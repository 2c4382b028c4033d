import { ConflictError } from '@backstage/errors';
import {
  NOT_CHECKED_REASONS,
  oneLine,
  onceApplied,
  traitsOf,
  type Exposure,
  type Finding,
  type ReasonClass,
  type VerdictWord,
} from 'backstage-plugin-networking-common';

const ANSWERED: readonly VerdictWord[] = ['Live', 'Degraded'];

/** Waiting, or deploying what is behind the route, changes nothing about these. */
const REFUSALS: readonly (ReasonClass | undefined)[] = [
  'invalid',
  'notYours',
  'conflict',
];

const isRefusal = ({ reason }: Finding) =>
  REFUSALS.includes(traitsOf(reason)?.class);

/** A finding in one line: what happens, then what to do about it. */
export function sentence({
  message,
  remedy,
}: Pick<Finding, 'message' | 'remedy'>): string {
  const full = (text: string) =>
    oneLine(/[.!?]$/.test(text) ? text : `${text}.`);
  return remedy ? `${full(message)} ${full(remedy)}` : full(message);
}

/**
 * What a plan says beside what was asked for, in lines: `moves` is where it takes live requests from, `moved` the same
 * once it is applied.
 */
export function effects(findings: readonly Finding[]): {
  moves: string;
  moved: string;
  others: string[];
} {
  const isMove = ({ severity }: Finding) => severity === 'confirm';
  const moving = findings.filter(isMove);
  return {
    moves: moving.map(({ message }) => sentence({ message })).join(' '),
    moved: moving
      .map(finding => sentence({ message: onceApplied(finding) }))
      .join(' '),
    others: findings
      .filter(finding => !isMove(finding))
      .map(finding => sentence(finding)),
  };
}

/** The verdict as a line of the task's log. */
export function verdictLine({ verdict }: Pick<Exposure, 'verdict'>): string {
  return `${verdict.word}: ${sentence(verdict.finding)}`;
}

/** What the verdict means for the task. */
export interface Judgement {
  /** Every host answered, and its certificate verified for it. */
  tlsReady: boolean;
  /** Ends the task: the route cannot work as it was requested. */
  failure?: Error;
  /** Does not end the task. */
  warning?: string;
}

/**
 * A route that the gateway refuses fails the task. Everything else that keeps it from answering (no endpoints yet, no
 * certificate yet, no answer in time) is a warning.
 */
export function judge(
  exposure: Pick<Exposure, 'verdict' | 'hosts'>,
  options: { url: string; timeoutMs: number },
): Judgement {
  const { verdict, hosts } = exposure;
  const { word, finding } = verdict;
  const tlsReady =
    ANSWERED.includes(word) &&
    hosts.length > 0 &&
    hosts.every(({ probe }) => probe?.tls?.verified === true);

  if (word === 'Live') return { tlsReady };
  if (word === 'Degraded' || NOT_CHECKED_REASONS.includes(finding.reason)) {
    return { tlsReady, warning: sentence(finding) };
  }
  if (word === 'Broken' && isRefusal(finding)) {
    return {
      tlsReady,
      failure: new ConflictError(
        `The route for ${
          options.url
        } was applied, but does not work. ${sentence(finding)}`,
      ),
    };
  }
  return {
    tlsReady,
    warning: `${options.url} does not answer yet; this step waited ${Math.round(
      options.timeoutMs / 1000,
    )} s. ${verdictLine(
      exposure,
    )} The Networking tab of the component shows when it does.`,
  };
}
