/** `idp-demo-ca` of `CN=idp-demo-ca,O=…`, the whole subject where it has no common name. */
export const commonName = (subject: string): string =>
  /(?:^|[,\n/])\s*CN\s*=\s*([^,\n/]+)/.exec(subject)?.[1]?.trim() ?? subject;

/** `namespace/name`, or the name where it has no namespace. */
export const qualified = (of: { namespace?: string; name: string }): string =>
  of.namespace ? `${of.namespace}/${of.name}` : of.name;
