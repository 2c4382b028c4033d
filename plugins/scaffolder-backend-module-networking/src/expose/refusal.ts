import {
  ConflictError,
  InputError,
  NotAllowedError,
  NotFoundError,
  ResponseError,
} from '@backstage/errors';
import type {
  ExposurePlan,
  ExposureRequest,
  Finding,
} from 'backstage-plugin-networking-common';
import { sentence } from './verdict';

const ERRORS = { ConflictError, InputError, NotAllowedError, NotFoundError };

const isFinding = (value: unknown): value is Finding =>
  typeof value === 'object' &&
  value !== null &&
  'message' in value &&
  typeof value.message === 'string' &&
  'severity' in value;

const blocking = (findings: readonly Finding[]) =>
  findings.filter(({ severity }) => severity === 'blocking');

const refusalMessage = (
  { entityRef }: ExposureRequest,
  reasons: readonly string[],
) => `${entityRef} was not exposed. ${reasons.join(' ')}`;

/** Why a plan was refused, with the remedy of each blocking finding; undefined where it was not refused. */
export function refusalOfPlan(
  request: ExposureRequest,
  plan: ExposurePlan,
): Error | undefined {
  const reasons = blocking(plan.findings).map(sentence);
  if (plan.action !== 'refused' && reasons.length === 0) return undefined;
  return new InputError(refusalMessage(request, reasons));
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
    const { name, message, findings } = error.body.error;
    const given: unknown[] = Array.isArray(findings) ? findings : [];
    const found = blocking(given.filter(isFinding));
    const Refusal = ERRORS[name as keyof typeof ERRORS];
    if (!Refusal) throw error;
    throw new Refusal(
      refusalMessage(
        request,
        found.length > 0 ? found.map(sentence) : [message],
      ),
    );
  }
}
