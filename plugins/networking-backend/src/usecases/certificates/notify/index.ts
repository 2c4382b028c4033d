export {
  createCertificateNotifier,
  type CertificateNotifier,
} from './notifier';
