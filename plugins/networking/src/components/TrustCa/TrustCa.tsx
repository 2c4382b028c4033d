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
import { Failure } from '../Failure';
import { FactList } from '../FactList';
import { FindingView } from '../FindingView';
import { Authority } from './Authority';
import { TrustSteps } from './TrustSteps';
import styles from './TrustCa.module.css';

function promiseOf({ each }: CaFiles): string {
  const these = each.length === 1 ? 'this CA' : 'these CAs';
  if (!each.some(({ ca: { verifiesServed } }) => verifiesServed)) {
    return 'None of these verifies what the gateway serves now.';
  }
  return each.some(({ lacksRoot }) => lacksRoot)
    ? `Some programs refuse the hosts of the gateway even if they trust ${these}: the root above an intermediate is not known.`
    : `A client that trusts ${these} verifies every host of the gateway.`;
}

function Offer(props: { cluster: string; url?: string; ca: CaBundle }) {
  const { cluster, url, ca } = props;
  const files = useMemo(() => caFiles(cluster, ca), [cluster, ca]);
  if (ca.trust === 'system') {
    return (
      <Alert
        status="success"
        icon
        title="Nothing has to be done."
        description="A public CA signed what the gateway serves: browsers and systems trust it as they are."
      />
    );
  }
  const isOne = files.each.length === 1;
  return (
    <>
      <p className={styles.line}>
        {promiseOf(files)}{' '}
        {isOne
          ? 'Compare the fingerprint with the one that your platform admins publish before you trust it.'
          : 'Compare their fingerprints with those that your platform admins publish before you trust them.'}{' '}
        Only certificates are handed over, never a key.
      </p>
      {ca.findings.map(finding => (
        <FindingView key={finding.reason} finding={finding} />
      ))}
      {files.each.some(({ lacksRoot }) => lacksRoot) && (
        <section aria-label="Who the file is enough for">
          <FactList
            facts={[
              ['Enough for', enoughFor.yes.join(', ')],
              ['Not enough for', enoughFor.no.join(', ')],
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
  const view = useCa(props.cluster);
  if (view.status === 'failed') {
    return (
      <Failure kind={view.kind} error={view.error} what="the CA certificate" />
    );
  }
  if (view.status === 'loading') {
    return (
      <div
        className={styles.content}
        aria-busy="true"
        aria-label="Loading the CA certificate"
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
  return (
    <DialogTrigger>
      <Button size="small" variant="tertiary">
        Trust this CA
      </Button>
      <Dialog width={840}>
        <DialogHeader>Trust the CA of cluster {props.cluster}</DialogHeader>
        <DialogBody>
          <Content {...props} />
        </DialogBody>
        <DialogFooter>
          <Button variant="secondary" slot="close">
            Close
          </Button>
        </DialogFooter>
      </Dialog>
    </DialogTrigger>
  );
}
