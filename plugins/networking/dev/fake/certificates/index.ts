export { FakeCertificates } from './FakeCertificates';
export {
  caBundle,
  intermediateCaBundle,
  publicCaBundle,
  replacedCaBundle,
} from './ca';
export { demoIssuer, factsOf, leafOf, statusOf } from './facts';
export { historyOf } from './history';
export { renewedRow } from './renewal';
export { certificateStates, type CertificateState } from './states';
export {
  CERTIFICATES,
  certificateExposures,
  certificatesView,
  factsOfHost,
  wildcardFacts,
} from './views';
