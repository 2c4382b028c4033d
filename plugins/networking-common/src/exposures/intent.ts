import { blocking } from '../findings/blocking';
import { findingsOf } from '../findings/declare';
import type { Finding } from '../findings/types';
import type { HttpRoute } from '../gateway-api/types';
import { HOST_SENTENCES } from '../sentences/host';
import type { HOST_REASONS } from './hostReasons';
import type { ExposureRequest } from './types';

const found = findingsOf<typeof HOST_REASONS>(HOST_SENTENCES);

type Refusal = ReturnType<typeof found>;

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
  const refuse = (field: string, finding: Refusal): Finding[] => [
    blocking({ ...finding, subject: { ...finding.subject, field } }),
  ];
  const { name, namespace } = route;
  const shared = {
    actor: { is: 'reader' },
    subject: { kind: 'HTTPRoute', ...route },
  } as const;
  const named = { kind: 'HTTPRoute', name, namespace };
  if (request.intent === 'create' && live) {
    return refuse(
      'hostLabel',
      found('AlreadyExposed', {
        params: { entity: entityRef, url },
        ...shared,
      }),
    );
  }
  if (changesOnly(request) && !live) {
    return refuse(
      'hostLabel',
      found('ExposureMissing', {
        params: { entity: entityRef, url, route: named },
        ...shared,
      }),
    );
  }
  if (request.uid !== undefined && live?.metadata.uid !== request.uid) {
    return refuse(
      'uid',
      found('RouteReplaced', { params: { url, route: named }, ...shared }),
    );
  }
  return [];
}
