export { TlsLine, commonName } from './TlsLine';
