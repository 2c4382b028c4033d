import { Button } from '@backstage/ui';
import { RiDownloadLine, RiGovernmentLine } from '@remixicon/react';
import { commonName } from 'backstage-plugin-networking-common';
import type { CaFile } from '../../lib/caFiles';
import { FILE_TYPES, download } from '../../lib/download';
import { derOf } from '../../lib/pem';
import { absoluteDate, absoluteTime } from '../../lib/time';
import { useT, type Translate } from '../../translation';
import { CopyButton } from '../CopyButton';
import { FactList } from '../FactList';
import { HostName } from '../HostName';
import styles from './TrustCa.module.css';

/** What this one is good for; whether any of them signs today may not be known. */
function roleOf(t: Translate, { ca }: CaFile, isSignerKnown: boolean): string {
  const { verifiesServed, signsToday } = ca;
  if (verifiesServed && signsToday) {
    return t('ca.current');
  }
  if (verifiesServed) {
    return isSignerKnown ? t('ca.inUseOther') : t('ca.inUseUnknown');
  }
  return signsToday ? t('ca.signsOnly') : t('ca.settingsOnly');
}

function Day(props: { iso: string }) {
  const { iso } = props;
  return (
    <time dateTime={iso} title={absoluteTime(iso)}>
      {absoluteDate(iso)}
    </time>
  );
}

/** One CA certificate: what it is, its fingerprint to compare, and its files. */
export function Authority(props: { file: CaFile; isSignerKnown: boolean }) {
  const t = useT();
  const { file, isSignerKnown } = props;
  const { certificate, pem } = file.ca;
  const name = commonName(certificate.subject);
  return (
    <li className={styles.authority}>
      <h3 className={styles.name}>
        <RiGovernmentLine size={18} aria-hidden="true" />
        <span>{name}</span>
        <span className={styles.role}>{roleOf(t, file, isSignerKnown)}</span>
      </h3>
      <FactList
        facts={[
          [
            t('ca.subject'),
            certificate.subject === `CN=${name}`
              ? undefined
              : certificate.subject,
          ],
          [
            t('ca.valid'),
            t('ca.validFromUntil', {
              from: <Day iso={certificate.notBefore} />,
              until: <Day iso={certificate.notAfter} />,
            }),
          ],
          [
            t('ca.fingerprint'),
            <code className={styles.fingerprint}>
              <HostName text={certificate.fingerprintSha256} />
            </code>,
          ],
        ]}
      />
      <div className={styles.downloads}>
        <CopyButton
          text={certificate.fingerprintSha256}
          label={t('ca.copyFingerprint')}
          what={t('ca.fingerprintOf', { name })}
        />
        <Button
          size="small"
          variant="secondary"
          iconStart={<RiDownloadLine />}
          onPress={() => download(pem, file.crt, FILE_TYPES.pem)}
        >
          {t('ca.downloadPem', { file: file.crt })}
        </Button>
        <Button
          size="small"
          variant="secondary"
          iconStart={<RiDownloadLine />}
          onPress={() => download(derOf(pem), file.cer, FILE_TYPES.der)}
        >
          {t('ca.downloadDer', { file: file.cer })}
        </Button>
      </div>
    </li>
  );
}
