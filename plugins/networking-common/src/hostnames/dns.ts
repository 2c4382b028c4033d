/** Longest DNS label (RFC 1035, section 2.3.4). */
export const MAX_LABEL_LENGTH = 63;
/** Longest hostname in its textual form (RFC 1035, section 2.3.4, without the root dot). */
export const MAX_HOST_LENGTH = 253;

const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/** True for a lower-case DNS label (RFC 1123), as Kubernetes takes it. */
export function isDnsLabel(text: string): boolean {
  return LABEL.test(text);
}

/** Host `<label>.<suffix>`; the label alone where the suffix is empty. @public */
export function hostOf(label: string, dnsSuffix: string): string {
  return dnsSuffix === '' ? label : `${label}.${dnsSuffix}`;
}
