import type { Finding } from 'backstage-plugin-networking-common';

/** What a refused or failed call means for the person in front of the screen. */
export type FailureKind = 'forbidden' | 'notFound' | 'conflict' | 'error';

interface ErrorBody {
  error?: { name?: string; message?: string; findings?: unknown };
}

interface ResponseErrorLike extends Error {
  statusCode?: number;
  response?: { status?: number };
  body?: ErrorBody;
  cause?: { name?: string; message?: string };
}

const KINDS_BY_NAME: Record<string, FailureKind> = {
  NotAllowedError: 'forbidden',
  AuthenticationError: 'forbidden',
  NotFoundError: 'notFound',
  ConflictError: 'conflict',
};

const KINDS_BY_STATUS: Record<number, FailureKind> = {
  401: 'forbidden',
  403: 'forbidden',
  404: 'notFound',
  409: 'conflict',
};

const asResponseError = (error: unknown): ResponseErrorLike | undefined =>
  error instanceof Error ? (error as ResponseErrorLike) : undefined;

/** Reads the kind from the name that the backend gave, else from the status. */
export function failureKind(error: unknown): FailureKind {
  const known = asResponseError(error);
  if (!known) return 'error';
  const name = known.body?.error?.name ?? known.cause?.name ?? known.name;
  const status = known.statusCode ?? known.response?.status;
  return (
    KINDS_BY_NAME[name] ??
    (status === undefined ? undefined : KINDS_BY_STATUS[status]) ??
    'error'
  );
}

/** The sentence that the backend wrote, without the client's own prefix. */
export function failureMessage(error: unknown): string {
  const known = asResponseError(error);
  if (!known) return String(error);
  return known.body?.error?.message ?? known.message;
}

/** Findings of a refused write: `error.findings` of the answer. */
export function failureFindings(error: unknown): Finding[] {
  const findings = asResponseError(error)?.body?.error?.findings;
  return Array.isArray(findings) ? (findings as Finding[]) : [];
}

/** Did the backend answer at all? */
export function isAnswer(error: unknown): boolean {
  const known = asResponseError(error);
  return (known?.statusCode ?? known?.response?.status) !== undefined;
}

/** An abort is the caller's own doing and never shown. */
export function isAbort(error: unknown): boolean {
  return asResponseError(error)?.name === 'AbortError';
}
