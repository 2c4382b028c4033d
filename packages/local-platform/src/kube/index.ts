export { hasStatus, KubeError } from './errors';
export { KubeClient, referenceTo } from './kubeClient';
export type {
  KubeClientOptions,
  KubeRequest,
  ObjectReference,
} from './kubeClient';
