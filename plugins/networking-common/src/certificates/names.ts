/**
 * `idp-demo-ca` of `CN=idp-demo-ca, O=…`: what people call a CA. The whole subject where it has no common name.
 * @public
 */
export const commonName = (subject: string): string =>
  /(?:^|(?<!\\)[,\n/])\s*CN\s*=\s*((?:\\.|[^,\n/\\])+)/
    .exec(subject)?.[1]
    ?.trim() ?? subject;

/** `the CA idp-demo-ca` by the subject of its certificate. */
export const caNamed = (subject: string): string =>
  `the CA ${commonName(subject)}`;
