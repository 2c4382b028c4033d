export { CertificateSection } from './CertificateSection';
