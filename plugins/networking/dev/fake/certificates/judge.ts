import {
  judgeCertificate,
  parseConfigToml,
  resolveSettings,
  type CertificateFacts,
  type CertificateJudgement,
  type CertificateSummary,
} from 'backstage-plugin-networking-common';
import { SUFFIX, secondsAgo } from '../basics';

const settings = resolveSettings({
  clusters: ['local'],
  file: parseConfigToml(`
[network]
dns_suffix = "${SUFFIX}"
public_https_port = 30443
`),
}).byCluster.local;

/** What the plugin makes of a certificate of the imaginary platform: the words are those that people read. */
export const judge = (
  facts: CertificateFacts,
  more: {
    served?: CertificateSummary;
    role?: 'served' | 'ca';
    /** Whom the reader has to ask. */
    owners?: string;
  } = {},
): CertificateJudgement => {
  const { served, ...rest } = more;
  const isIssued =
    served && served.fingerprintSha256 === facts.leaf?.fingerprintSha256;
  const earlier = facts.earlier?.find(
    ({ leaf }) => leaf.fingerprintSha256 === served?.fingerprintSha256,
  );
  return judgeCertificate({
    facts,
    settings,
    now: new Date().toISOString(),
    ...(served && {
      served: {
        leaf: served,
        at: secondsAgo(12),
        verified: isIssued ? facts.verified : earlier?.verified,
        verificationError: facts.verificationError,
      },
    }),
    ...rest,
  });
};
