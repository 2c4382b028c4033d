import { ResponseError, ServiceUnavailableError } from '@backstage/errors';
import type { Finding } from 'backstage-plugin-networking-common';
import type { ErrorRequestHandler } from 'express';

/**
 * Another plugin of Backstage that fails (the catalog or the permission backend, whose database may be the one that is away)
 * answers with the words of its own drivers: 503 with a finding, and those words go to the log alone. Every write asks them
 * before it changes anything.
 */
export function hideOtherServices(
  log: (message: string) => void,
): ErrorRequestHandler {
  return (error, _request, _response, next) => {
    const isOfAnother =
      error instanceof ResponseError && error.statusCode >= 500;
    if (!isOfAnother) {
      next(error);
      return;
    }
    log(
      `Another plugin of Backstage answered ${error.statusCode}: the request of ours that needed it is answered 503`,
    );
    const finding: Finding = {
      reason: 'BackstageServiceFailed',
      severity: 'blocking',
      message:
        'The request was not carried out: another part of Backstage that it needs, the catalog or the permissions, reports an error.',
      remedy:
        "Ask an admin of Backstage to look for the failed request in the backend's log.",
      subject: { kind: 'BackstageService', name: 'catalog or permission' },
    };
    next(
      Object.assign(
        new ServiceUnavailableError(`${finding.message} ${finding.remedy}`),
        { findings: [finding] },
      ),
    );
  };
}
