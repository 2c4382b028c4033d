export { TLS_WORDS, TlsBadge, tlsTitle } from './TlsBadge';
