import { useMemo } from 'react';
import {
  Alert,
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
  DialogTrigger,
  Skeleton,
} from '@backstage/ui';
import type { CaBundle } from 'backstage-plugin-networking-common';
import { useCa } from '../../hooks/useCa';
import { enoughFor } from '../../lib/anchors';
import { caFiles, type CaFiles } from '../../lib/caFiles';
import { listed } from '../../lib/text';
import { useT, type Translate } from '../../translation';
import { Failure } from '../Failure';
import { FactList } from '../FactList';
import { FindingView } from '../FindingView';
import { Authority } from './Authority';
import { TrustSteps } from './TrustSteps';
import styles from './TrustCa.module.css';

function promiseOf(t: Translate, { each }: CaFiles): string {
  const count = each.length;
  if (!each.some(({ ca: { verifiesServed } }) => verifiesServed)) {
    return t('ca.verifiesNone', { count });
  }
  return each.some(({ lacksRoot }) => lacksRoot)
    ? t('ca.lacksRoot', { count })
    : t('ca.verifies', { count });
}

function Offer(props: { cluster: string; url?: string; ca: CaBundle }) {
  const t = useT();
  const { cluster, url, ca } = props;
  const files = useMemo(() => caFiles(cluster, ca), [cluster, ca]);
  if (ca.trust === 'system') {
    return (
      <Alert
        status="success"
        icon
        title={t('ca.nothingToDo')}
        description={t('ca.publicCa')}
      />
    );
  }
  const enough = enoughFor(t);
  return (
    <>
      <p className={styles.line}>
        {promiseOf(t, files)} {t('ca.compare', { count: files.each.length })}{' '}
        {t('ca.noKey')}
      </p>
      {ca.findings.map(finding => (
        <FindingView key={finding.reason} finding={finding} />
      ))}
      {files.each.some(({ lacksRoot }) => lacksRoot) && (
        <section aria-label={t('ca.enough')}>
          <FactList
            facts={[
              [t('ca.enoughFor'), listed(...enough.yes)],
              [t('ca.notEnoughFor'), listed(...enough.no)],
            ]}
          />
        </section>
      )}
      <ul className={styles.authorities}>
        {files.each.map(file => (
          <Authority
            key={file.alias}
            file={file}
            isSignerKnown={files.each.some(one => one.ca.signsToday)}
          />
        ))}
      </ul>
      {files.each.length > 0 && (
        <TrustSteps cluster={cluster} url={url} files={files} />
      )}
    </>
  );
}

function Content(props: { cluster: string; url?: string }) {
  const t = useT();
  const view = useCa(props.cluster);
  if (view.status === 'failed') {
    return <Failure kind={view.kind} error={view.error} what="ca" />;
  }
  if (view.status === 'loading') {
    return (
      <div
        className={styles.content}
        aria-busy="true"
        aria-label={t('failure.loading.ca')}
      >
        <Skeleton height={42} width="100%" />
        <Skeleton height={168} width="100%" />
        <Skeleton height={320} width="100%" />
      </div>
    );
  }
  return (
    <div className={styles.content}>
      <Offer {...props} ca={view.data} />
    </div>
  );
}

/** Hands over the CA that verifies what the gateway serves, with the steps to trust it and to stop. */
export function TrustCa(props: { cluster: string; url?: string }) {
  const t = useT();
  return (
    <DialogTrigger>
      <Button size="small" variant="tertiary">
        {t('ca.button')}
      </Button>
      <Dialog width={840}>
        <DialogHeader>{t('ca.title', { cluster: props.cluster })}</DialogHeader>
        <DialogBody>
          <Content {...props} />
        </DialogBody>
        <DialogFooter>
          <Button variant="secondary" slot="close">
            {t('common.close')}
          </Button>
        </DialogFooter>
      </Dialog>
    </DialogTrigger>
  );
}
