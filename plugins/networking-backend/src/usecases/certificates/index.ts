export { listCertificates } from './listCertificates';
export { readCa } from './readCa';
export { renewCertificate } from './renewCertificate';
export { createRenewalRights, type RenewalRights } from './renewalRights';
