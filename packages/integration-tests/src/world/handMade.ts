import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509CertificateGenerator,
} from '@peculiar/x509';

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const DAY_MS = 86_400_000;

/** A certificate with its key as PEM, as a TLS Secret holds them. */
export interface HandMade {
  cert: string;
  key: string;
  /** As Node writes it. */
  serialNumber: string;
  subject: string;
  keys: CryptoKeyPair;
}

let count = 0;

/** A certificate that no cert-manager knows of: signed by `issuer`, else by itself. In force from yesterday. */
export async function handMade(options: {
  name: string;
  dnsNames?: string[];
  isCa?: boolean;
  issuer?: HandMade;
  notBefore?: Date;
  notAfter?: Date;
  /** From now on, where no `notAfter` is given. Default 30. */
  days?: number;
}): Promise<HandMade> {
  const { name, dnsNames = [], isCa = false, issuer } = options;
  const keys = (await crypto.subtle.generateKey(ALGORITHM, true, [
    'sign',
    'verify',
  ])) as CryptoKeyPair;
  const subject = `CN=${name}`;
  count += 1;
  const serialNumber = `01${count.toString(16).padStart(4, '0')}`;
  const certificate = await X509CertificateGenerator.create({
    serialNumber,
    subject,
    issuer: issuer?.subject ?? subject,
    notBefore: options.notBefore ?? new Date(Date.now() - DAY_MS),
    notAfter:
      options.notAfter ?? new Date(Date.now() + (options.days ?? 30) * DAY_MS),
    signingAlgorithm: ALGORITHM,
    publicKey: keys.publicKey,
    signingKey: (issuer?.keys ?? keys).privateKey,
    extensions: [
      new BasicConstraintsExtension(isCa, undefined, true),
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
      await AuthorityKeyIdentifierExtension.create(
        (issuer?.keys ?? keys).publicKey,
      ),
      ...(dnsNames.length > 0
        ? [
            new SubjectAlternativeNameExtension(
              dnsNames.map(value => ({ type: 'dns' as const, value })),
            ),
          ]
        : []),
    ],
  });
  const pkcs8 = await crypto.subtle.exportKey('pkcs8', keys.privateKey);
  return {
    cert: `${certificate.toString('pem')}\n`,
    key: `-----BEGIN PRIVATE KEY-----\n${Buffer.from(pkcs8).toString(
      'base64',
    )}\n-----END PRIVATE KEY-----\n`,
    serialNumber: serialNumber.toUpperCase(),
    subject,
    keys,
  };
}
