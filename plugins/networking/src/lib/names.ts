/** `namespace/name`, or the name where it has no namespace. */
export const qualified = (of: { namespace?: string; name: string }): string =>
  of.namespace ? `${of.namespace}/${of.name}` : of.name;
