import {
  ANCHORS,
  isSelfSigned,
  type AnchorClient,
  type CaCertificate,
} from 'backstage-plugin-networking-common';
import type { Translate } from '../translation';

type Certificates = readonly Pick<CaCertificate, 'certificate'>[];

/** Is this an intermediate whose root is not among those that are offered with it? */
export function lacksRoot(
  { certificate }: Pick<CaCertificate, 'certificate'>,
  offered: Certificates,
): boolean {
  return (
    !isSelfSigned(certificate) &&
    // A leaf that is trusted itself has nothing above.
    certificate.isCa &&
    !offered.some(
      ({ certificate: other }) =>
        other.fingerprintSha256 !== certificate.fingerprintSha256 &&
        other.subject === certificate.issuer &&
        (certificate.authorityKeyId === undefined ||
          other.subjectKeyId === undefined ||
          other.subjectKeyId === certificate.authorityKeyId),
    )
  );
}

const named = (t: Translate, { name, note }: AnchorClient) =>
  note === undefined ? name : t('ca.client', { name, note });

/** For whom the file of an intermediate alone is enough, and for whom it is not. */
export const enoughFor = (t: Translate) => ({
  yes: ANCHORS.filter(({ isEnough }) => isEnough).map(one => named(t, one)),
  no: ANCHORS.filter(({ isEnough }) => !isEnough).map(one => named(t, one)),
});
