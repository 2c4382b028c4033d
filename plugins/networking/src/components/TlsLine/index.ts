export { TlsLine } from './TlsLine';
