export { listCertificates } from './listCertificates';
export { createCertificateKeeper } from './keepCertificates';
export { readCa } from './readCa';
export { createHistoryReader, type HistoryReader } from './historyReader';
export { readIssuanceHistory } from './readIssuanceHistory';
export { renewCertificate } from './renewCertificate';
export { createRenewalRights, type RenewalRights } from './renewalRights';
export { createCertificateNotifier, type CertificateNotifier } from './notify';
