import { commonName, oid, sequence, tlv } from './der';

/** A name of a subtree: `dns:example.org`, `uri:…`, `email:…`, `ip:` with address and mask in hex, `cn:` of a directory name. */
function baseOf(text: string): Buffer {
  const kind = text.slice(0, text.indexOf(':'));
  const value = text.slice(kind.length + 1);
  const tags: Record<string, number> = { email: 0x81, dns: 0x82, uri: 0x86 };
  if (kind === 'ip') return tlv(0x87, Buffer.from(value, 'hex'));
  if (kind === 'cn') return tlv(0xa4, commonName(value));
  return tlv(tags[kind], Buffer.from(value));
}

/** The extension of RFC 5280, section 4.2.1.10, for `makeCertificate`. */
export function nameConstraints(limits: {
  permitted?: string[];
  excluded?: string[];
  /** Of every subtree; clients take none but 0. */
  minimum?: number;
}) {
  const { permitted = [], excluded = [], minimum } = limits;
  const subtrees = (tag: number, names: string[]) =>
    names.length === 0
      ? []
      : [
          tlv(
            tag,
            ...names.map(name =>
              sequence(
                baseOf(name),
                ...(minimum === undefined
                  ? []
                  : [tlv(0x80, Buffer.from([minimum]))]),
              ),
            ),
          ),
        ];
  return {
    id: '2.5.29.30',
    critical: true,
    value: sequence(...subtrees(0xa0, permitted), ...subtrees(0xa1, excluded)),
  };
}

/** Where the certificate of the issuer lies (RFC 5280, section 4.2.2.1), for `makeCertificate`. */
export const caIssuers = (url: string) => ({
  id: '1.3.6.1.5.5.7.1.1',
  value: sequence(
    sequence(oid('1.3.6.1.5.5.7.48.2'), tlv(0x86, Buffer.from(url))),
  ),
});
