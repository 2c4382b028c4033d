export { TlsLine } from './TlsLine';
export { ShortTls } from './ShortTls';
