import {
  commonName,
  isSelfSigned,
  type CaBundle,
  type CaCertificate,
} from 'backstage-plugin-networking-common';
import { lacksRoot } from './anchors';
import { appleProfile } from './appleProfile';
import { base64Of } from './pem';

/** One CA certificate and the names of its files. */
export interface CaFile {
  ca: CaCertificate;
  /** PEM. */
  crt: string;
  /** DER. */
  cer: string;
  /** Name in stores that give names to certificates. */
  alias: string;
  /** Signed by another one: some stores take it in another way than a root. */
  isIntermediate: boolean;
  /** Is it such a one, and its root is not offered with it? */
  lacksRoot: boolean;
}

/** The files that a reader saves. */
export interface CaFiles {
  each: CaFile[];
  /** PEM of all: the file of the only one, or one that holds them together. */
  all: string;
  profile: string;
  pem: string;
}

/** Of a name, what may stand in a file's name and on a command line unquoted. */
const plain = (name: string): string =>
  name.replace(/[^A-Za-z0-9._-]+/g, '-').replace(/^[-.]+|[-.]+$/g, '') ||
  'cluster';

/** Names of the files of a cluster's CA. Where there are several, each is told apart by the beginning of its fingerprint. */
export function caFiles(cluster: string, bundle: CaBundle): CaFiles {
  const base = `${plain(cluster)}-ca`;
  const { certificates = [] } = bundle;
  const each = certificates.map((ca): CaFile => {
    const mark = ca.certificate.fingerprintSha256
      .replace(/:/g, '')
      .slice(0, 8)
      .toLowerCase();
    const alias = certificates.length === 1 ? base : `${base}-${mark}`;
    return {
      ca,
      alias,
      crt: `${alias}.crt`,
      cer: `${alias}.cer`,
      isIntermediate: !isSelfSigned(ca.certificate),
      lacksRoot: lacksRoot(ca, certificates),
    };
  });
  return {
    each,
    all: each.length === 1 ? each[0].crt : `${base}-all.pem`,
    profile: `${base}.mobileconfig`,
    pem: bundle.pem,
  };
}

/** The profile with all of them; its title is shown in the device's settings. */
export const profileOf = (title: string, { each }: CaFiles): string =>
  appleProfile(
    each.map(({ ca, crt }) => ({
      name: commonName(ca.certificate.subject),
      fileName: crt,
      base64: base64Of(ca.pem),
      fingerprintSha256: ca.certificate.fingerprintSha256,
    })),
    title,
  );
