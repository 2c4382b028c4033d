export {
  createCertificateReader,
  type CertificateReader,
  type GatewayCertificate,
} from './certificateReader';
export {
  isSignedBy,
  parseCertificates,
  summarize,
  verificationErrorOf,
} from './x509';
