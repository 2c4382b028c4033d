import { Button } from '@backstage/ui';
import { RiDownloadLine, RiGovernmentLine } from '@remixicon/react';
import { commonName } from 'backstage-plugin-networking-common';
import type { CaFile } from '../../lib/caFiles';
import { FILE_TYPES, download } from '../../lib/download';
import { derOf } from '../../lib/pem';
import { absoluteDate, absoluteTime } from '../../lib/time';
import { CopyButton } from '../CopyButton';
import { FactList } from '../FactList';
import { HostName } from '../HostName';
import styles from './TrustCa.module.css';

/** What this one is good for; whether any of them signs today may not be known. */
function roleOf({ ca }: CaFile, isSignerKnown: boolean): string {
  const { verifiesServed, signsToday } = ca;
  if (verifiesServed && signsToday) {
    return 'verifies what is served, and signs today';
  }
  if (verifiesServed) {
    return isSignerKnown
      ? 'verifies what is served; another one signs today'
      : 'verifies what is served; which CA signs today is not known';
  }
  return signsToday
    ? 'signs today; what is served does not verify against it'
    : 'given in the settings; what is served does not verify against it';
}

/** One CA certificate: what it is, its fingerprint to compare, and its files. */
export function Authority(props: { file: CaFile; isSignerKnown: boolean }) {
  const { file, isSignerKnown } = props;
  const { certificate, pem } = file.ca;
  const name = commonName(certificate.subject);
  return (
    <li className={styles.authority}>
      <h3 className={styles.name}>
        <RiGovernmentLine size={18} aria-hidden="true" />
        <span>{name}</span>
        <span className={styles.role}>{roleOf(file, isSignerKnown)}</span>
      </h3>
      <FactList
        facts={[
          [
            'Subject',
            certificate.subject === `CN=${name}`
              ? undefined
              : certificate.subject,
          ],
          [
            'Valid',
            <>
              from{' '}
              <time
                dateTime={certificate.notBefore}
                title={absoluteTime(certificate.notBefore)}
              >
                {absoluteDate(certificate.notBefore)}
              </time>{' '}
              until{' '}
              <time
                dateTime={certificate.notAfter}
                title={absoluteTime(certificate.notAfter)}
              >
                {absoluteDate(certificate.notAfter)}
              </time>
            </>,
          ],
          [
            'SHA-256 fingerprint',
            <code className={styles.fingerprint}>
              <HostName text={certificate.fingerprintSha256} />
            </code>,
          ],
        ]}
      />
      <div className={styles.downloads}>
        <CopyButton
          text={certificate.fingerprintSha256}
          label="Copy fingerprint"
          what={`fingerprint of ${name}`}
        />
        <Button
          size="small"
          variant="secondary"
          iconStart={<RiDownloadLine />}
          onPress={() => download(pem, file.crt, FILE_TYPES.pem)}
        >
          Download {file.crt} (PEM)
        </Button>
        <Button
          size="small"
          variant="secondary"
          iconStart={<RiDownloadLine />}
          onPress={() => download(derOf(pem), file.cer, FILE_TYPES.der)}
        >
          Download {file.cer} (DER)
        </Button>
      </div>
    </li>
  );
}
