/** A certificate that a profile brings. */
export interface ProfileCertificate {
  /** Shown in the device's settings. */
  name: string;
  fileName: string;
  /** DER in base64. */
  base64: string;
  fingerprintSha256: string;
}

const ESCAPES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** As text of an XML 1.0 element. Characters that XML cannot hold are left out. */
const xml = (text: string): string =>
  text
    // eslint-disable-next-line no-control-regex -- what XML 1.0, section 2.2, leaves out
    .replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, '')
    .replace(/[&<>"']/g, char => ESCAPES[char]);

const bytesOf = (fingerprint: string): number[] =>
  (fingerprint.match(/[0-9a-f]{2}/gi) ?? []).map(pair => parseInt(pair, 16));

/** Sixteen bytes as a UUID of version 8, whose bytes are anybody's own (RFC 9562, section 5.8). */
function uuidOf(bytes: readonly number[]): string {
  const own = Array.from({ length: 16 }, (_, index) => bytes[index] ?? 0);
  own[6] = (own[6] % 16) + 0x80;
  own[8] = (own[8] % 64) + 0x80;
  const hex = own
    .map(byte => byte.toString(16).padStart(2, '0').toUpperCase())
    .join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** Of all certificates together: the second halves of their fingerprints, one over the other. */
const profileUuid = (certificates: readonly ProfileCertificate[]): string =>
  uuidOf(
    certificates
      .map(({ fingerprintSha256 }) => bytesOf(fingerprintSha256).slice(16))
      .reduce(
        (sum, bytes) => sum.map((byte, index) => (byte + bytes[index]) % 256),
        Array.from({ length: 16 }, () => 0),
      ),
  );

const lines = (base64: string, indent: string): string =>
  (base64.match(/.{1,64}/g) ?? []).map(line => indent + line).join('\n');

const payloadOf = (
  { name, fileName, base64, fingerprintSha256 }: ProfileCertificate,
  identifier: string,
): string => {
  const uuid = uuidOf(bytesOf(fingerprintSha256));
  return `    <dict>
      <key>PayloadCertificateFileName</key>
      <string>${xml(fileName)}</string>
      <key>PayloadContent</key>
      <data>
${lines(base64, '      ')}
      </data>
      <key>PayloadDescription</key>
      <string>${xml(`SHA-256 ${fingerprintSha256}`)}</string>
      <key>PayloadDisplayName</key>
      <string>${xml(name)}</string>
      <key>PayloadIdentifier</key>
      <string>${xml(`${identifier}.${uuid}`)}</string>
      <key>PayloadType</key>
      <string>com.apple.security.root</string>
      <key>PayloadUUID</key>
      <string>${uuid}</string>
      <key>PayloadVersion</key>
      <integer>1</integer>
    </dict>`;
};

/**
 * A configuration profile (`.mobileconfig`) with CA certificates, for iOS, iPadOS and macOS. It is the same for the same
 * certificates: its UUIDs come from their fingerprints, so that one that is installed again replaces itself. It is not signed,
 * and it never holds a key.
 *
 * @param title - shown in the device's settings
 */
export function appleProfile(
  certificates: readonly ProfileCertificate[],
  title: string,
): string {
  const identifier = 'backstage.networking.ca';
  const uuid = profileUuid(certificates);
  return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
<dict>
  <key>PayloadContent</key>
  <array>
${certificates
  .map(certificate => payloadOf(certificate, identifier))
  .join('\n')}
  </array>
  <key>PayloadDisplayName</key>
  <string>${xml(title)}</string>
  <key>PayloadIdentifier</key>
  <string>${xml(`${identifier}.${uuid}`)}</string>
  <key>PayloadRemovalDisallowed</key>
  <false/>
  <key>PayloadType</key>
  <string>Configuration</string>
  <key>PayloadUUID</key>
  <string>${uuid}</string>
  <key>PayloadVersion</key>
  <integer>1</integer>
</dict>
</plist>
`;
}
