const BLOCK = /-----BEGIN CERTIFICATE-----([^-]*)-----END CERTIFICATE-----/;

/** The base64 of the first certificate of a PEM text (RFC 7468), in one line; empty where there is none. */
export const base64Of = (pem: string): string =>
  (BLOCK.exec(pem)?.[1] ?? '').replace(/\s/g, '');

/** The DER of the first certificate of a PEM text: the same bytes that its fingerprint is made of. */
export const derOf = (pem: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(base64Of(pem)), char => char.charCodeAt(0));
