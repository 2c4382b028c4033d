import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  ExtendedKeyUsageExtension,
  Extension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509CertificateGenerator,
} from '@peculiar/x509';

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const DAY_MS = 24 * 60 * 60 * 1000;

/** A certificate with its key, as PEM. */
export interface TestCertificate {
  cert: string;
  key: string;
  keys: CryptoKeyPair;
  name: string;
}

let serial = 1;

/** A certificate signed by `issuer`, or by itself. */
export async function makeCertificate(options: {
  name: string;
  dnsNames?: string[];
  ips?: string[];
  isCa?: boolean;
  /** Says that its key sets up connections and signs no certificates, as cert-manager does for leaves. */
  isServerOnly?: boolean;
  issuer?: TestCertificate;
  notBefore?: Date;
  notAfter?: Date;
  /** Default: new ones. */
  keys?: CryptoKeyPair;
  /** How many CAs it may have below it. */
  pathLength?: number;
  /** Object identifiers of what it is for. */
  usages?: string[];
  /** Others, as DER. */
  extensions?: { id: string; value: Uint8Array; critical?: boolean }[];
}): Promise<TestCertificate> {
  const { name, dnsNames = [], ips = [], isCa = false, issuer } = options;
  const keys =
    options.keys ??
    ((await crypto.subtle.generateKey(ALGORITHM, true, [
      'sign',
      'verify',
    ])) as CryptoKeyPair);
  const subject = `CN=${name}`;
  serial += 1;
  const certificate = await X509CertificateGenerator.create({
    serialNumber: serial.toString(16).padStart(2, '0'),
    subject,
    issuer: issuer?.name ?? subject,
    notBefore: options.notBefore ?? new Date(Date.now() - DAY_MS),
    notAfter:
      options.notAfter ??
      // A CA outlives what it signs, also where a second begins between the two.
      new Date(Date.now() + (isCa ? 60 : 30) * DAY_MS),
    signingAlgorithm: ALGORITHM,
    publicKey: keys.publicKey,
    signingKey: (issuer?.keys ?? keys).privateKey,
    extensions: [
      new BasicConstraintsExtension(isCa, options.pathLength, true),
      ...(options.usages
        ? [new ExtendedKeyUsageExtension(options.usages)]
        : []),
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
      ...(options.isServerOnly
        ? [new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true)]
        : []),
      ...(options.extensions ?? []).map(
        ({ id, value, critical = false }) => new Extension(id, critical, value),
      ),
      await AuthorityKeyIdentifierExtension.create(
        (issuer?.keys ?? keys).publicKey,
      ),
      ...(dnsNames.length + ips.length > 0
        ? [
            new SubjectAlternativeNameExtension([
              ...dnsNames.map(value => ({ type: 'dns' as const, value })),
              ...ips.map(value => ({ type: 'ip' as const, value })),
            ]),
          ]
        : []),
    ],
  });
  const pkcs8 = await crypto.subtle.exportKey('pkcs8', keys.privateKey);
  const base64 = Buffer.from(pkcs8).toString('base64');
  return {
    cert: `${certificate.toString('pem')}\n`,
    key: `-----BEGIN PRIVATE KEY-----\n${base64}\n-----END PRIVATE KEY-----\n`,
    keys,
    name: subject,
  };
}
