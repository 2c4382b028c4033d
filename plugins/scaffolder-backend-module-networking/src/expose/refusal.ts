import {
  ConflictError,
  InputError,
  NotAllowedError,
  NotFoundError,
  ResponseError,
} from '@backstage/errors';
import {
  blockingFindings,
  unconfirmedFindings,
  type ExposurePlan,
  type ExposureRequest,
  type Finding,
} from 'backstage-plugin-networking-common';
import { sentence } from './verdict';

const ERRORS = { ConflictError, InputError, NotAllowedError, NotFoundError };

const isFinding = (value: unknown): value is Finding =>
  typeof value === 'object' &&
  value !== null &&
  'message' in value &&
  typeof value.message === 'string' &&
  'severity' in value;

const stopping = (findings: readonly Finding[]) =>
  findings.filter(
    ({ severity }) => severity === 'blocking' || severity === 'confirm',
  );

function refusalMessage(
  { entityRef }: ExposureRequest,
  findings: readonly Finding[],
  freeHostLabel?: unknown,
): string {
  const toConfirm = findings.every(({ severity }) => severity === 'confirm');
  return [
    `${entityRef} was not exposed.`,
    ...findings.map(sentence),
    ...(toConfirm ? ['To confirm, set input replace to true.'] : []),
    ...(typeof freeHostLabel === 'string'
      ? [`Host label ${freeHostLabel} is free.`]
      : []),
  ].join(' ');
}

/** Why a plan would not be applied, with the remedy of each finding that stops it; undefined where it would be. */
export function refusalOfPlan(
  request: ExposureRequest,
  plan: ExposurePlan,
): Error | undefined {
  if (plan.action === 'refused') {
    return new InputError(
      refusalMessage(
        request,
        blockingFindings(plan.findings),
        plan.freeHostLabel,
      ),
    );
  }
  const unconfirmed = unconfirmedFindings(plan);
  return unconfirmed.length > 0
    ? new ConflictError(
        refusalMessage(request, unconfirmed, plan.freeHostLabel),
      )
    : undefined;
}

/**
 * Calls the backend. A refusal becomes an error of the same name, whose message holds what the backend found and what
 * to do about it.
 */
export async function withFindings<T>(
  request: ExposureRequest,
  call: () => Promise<T>,
): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (!ResponseError.is(error)) throw error;
    const { name, message, findings, plan } = error.body.error;
    const given: unknown[] = Array.isArray(findings) ? findings : [];
    const found = stopping(given.filter(isFinding));
    const Refusal = ERRORS[name as keyof typeof ERRORS];
    if (!Refusal) throw error;
    throw new Refusal(
      found.length > 0
        ? refusalMessage(
            request,
            found,
            (plan as Partial<ExposurePlan> | undefined)?.freeHostLabel,
          )
        : `${request.entityRef} was not exposed. ${message}`,
    );
  }
}
