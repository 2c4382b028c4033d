import type { Certificate } from 'backstage-plugin-networking-common';
import {
  status,
  type RecordedRequest,
  type ScriptedAnswer,
} from './fakeApiServer';

const CERTIFICATE =
  /^\/apis\/cert-manager\.io\/v1\/namespaces\/([^/]+)\/certificates\/([^/]+?)(\/status)?$/;

const RULES_REVIEW = '/apis/authorization.k8s.io/v1/selfsubjectrulesreviews';

/** The answer to a SelfSubjectRulesReview. */
export const rulesReview = (
  resourceRules: object[],
  incomplete = false,
): ScriptedAnswer => ({
  status: 201,
  body: {
    kind: 'SelfSubjectRulesReview',
    apiVersion: 'authorization.k8s.io/v1',
    spec: {},
    status: { resourceRules, nonResourceRules: [], incomplete },
  },
});

/** What the server does of Certificates beside listing them: get, replace the status, and tell of rights. */
export function answerCertificates(
  request: RecordedRequest,
  store: {
    get(namespace: string, name: string): Certificate | undefined;
    save(certificate: Certificate): Certificate;
  },
): ScriptedAnswer | undefined {
  if (request.path === RULES_REVIEW && request.method === 'POST') {
    return rulesReview([{ verbs: ['*'], apiGroups: ['*'], resources: ['*'] }]);
  }
  const [, namespace, name, subresource] = CERTIFICATE.exec(request.path) ?? [];
  if (namespace === undefined) return undefined;
  const live = store.get(namespace, name);
  if (!live) return status(404, 'NotFound');
  if (request.method === 'GET' && !subresource) {
    return { status: 200, body: live };
  }
  if (request.method !== 'PUT' || !subresource) return undefined;
  const wanted = request.body as Certificate;
  const isSame =
    wanted.metadata.uid === live.metadata.uid &&
    wanted.metadata.resourceVersion === live.metadata.resourceVersion;
  if (!isSame) return status(409, 'Conflict');
  // The status subresource takes nothing else.
  return {
    status: 200,
    body: store.save({ ...live, status: wanted.status }),
  };
}
