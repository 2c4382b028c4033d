import type {
  AuditorService,
  AuditorServiceCreateEventOptions,
} from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';

/** What an audit event says beside its name. */
export type AuditMeta = {
  [key: string]: string | number | boolean | undefined;
};

/**
 * Runs work as one audit event, which ends with its success or its failure.
 * `work` may add to what the event says about the outcome.
 */
export async function audited<T>(
  auditor: AuditorService,
  options: Omit<AuditorServiceCreateEventOptions, 'meta'> & {
    meta?: AuditMeta;
  },
  work: (outcome: AuditMeta) => Promise<T>,
): Promise<T> {
  const event = await auditor.createEvent({
    ...options,
    meta: known(options.meta ?? {}),
  });
  const outcome: AuditMeta = {};
  try {
    const result = await work(outcome);
    await event.success({ meta: known(outcome) });
    return result;
  } catch (error) {
    const { name, message } = toError(error);
    // Findings and plans on the error are for the caller, not for the log.
    const failure = Object.assign(new Error(message), { name });
    await event.fail({ error: failure, meta: known(outcome) });
    throw error;
  }
}

function known(meta: AuditMeta): JsonObject {
  return Object.fromEntries(
    Object.entries(meta).filter(
      (entry): entry is [string, string | number | boolean] =>
        entry[1] !== undefined,
    ),
  );
}
