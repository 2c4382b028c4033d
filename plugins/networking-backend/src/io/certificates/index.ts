export {
  createCertificateReader,
  type CertificateMaterial,
  type CertificateReader,
  type KeptFacts,
} from './certificateReader';
export {
  createRoots,
  isPublicRoot,
  systemRootsPem,
  type Roots,
} from './systemRoots';
export { OPENSSL_CODES, opensslCode } from './opensslErrors';
export { isSignedBy, pathUp, verify } from './verify';
export { parseCertificates, summarize } from './x509';
