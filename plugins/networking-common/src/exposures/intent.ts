import type { HttpRoute } from '../gateway-api/types';
import type { Finding } from '../verdicts/types';
import type { ExposureRequest } from './types';

/** Does a request only change what is there, so that it never needs another host? */
export function changesOnly({
  intent,
  uid,
}: Pick<ExposureRequest, 'intent' | 'uid'>): boolean {
  return intent === 'update' || uid !== undefined;
}

/**
 * What stands against a request that says whether it adds or changes, given the route that has its name now. One that
 * says neither is taken either way: whoever repeats it gets `unchanged`.
 */
export function intentFindings(input: {
  request: Pick<ExposureRequest, 'intent' | 'uid'>;
  live: HttpRoute | undefined;
  entityRef: string;
  url: string;
  route: { name: string; namespace: string; cluster: string };
}): Finding[] {
  const { request, live, entityRef, url, route } = input;
  const refuse = (
    reason: string,
    message: string,
    remedy: string,
    field: string,
  ): Finding[] => [
    {
      reason,
      severity: 'blocking',
      message,
      remedy,
      subject: { kind: 'HTTPRoute', ...route, field },
    },
  ];
  if (request.intent === 'create' && live) {
    return refuse(
      'AlreadyExposed',
      `${entityRef} already has ${url}, and adding a URL doesn't change it.`,
      `Edit ${url}, or choose another host label.`,
      'hostLabel',
    );
  }
  if (changesOnly(request) && !live) {
    return refuse(
      'ExposureMissing',
      `${entityRef} has no ${url} that could be changed: route ${route.namespace}/${route.name} does not exist.`,
      `Expose ${url} anew.`,
      'hostLabel',
    );
  }
  if (request.uid !== undefined && live?.metadata.uid !== request.uid) {
    return refuse(
      'RouteReplaced',
      `Route ${route.namespace}/${route.name} is not the one that was shown: it has another uid, so it may have been removed and made anew.`,
      `Look at ${url} again before changing it.`,
      'uid',
    );
  }
  return [];
}
