import { useState } from 'react';
import { Button, Skeleton } from '@backstage/ui';
import type {
  CertificateAddress,
  IssuanceHistory as History,
} from 'backstage-plugin-networking-common';
import { useIssuanceHistory } from '../../hooks/useIssuanceHistory';
import { failureKind } from '../../lib/errors';
import { qualified } from '../../lib/names';
import { Failure } from '../Failure';
import { Hidden } from '../Hidden';
import { StatusIcon } from '../StatusIcon';
import { Events } from './Events';
import { Orders } from './Orders';
import styles from './IssuanceHistory.module.css';

function Told(props: { history: History; title: string }) {
  const { history, title } = props;
  const { events, orders, unknown } = history;
  return (
    <>
      {unknown.length > 0 && (
        <ul
          aria-label={`What is not known of ${title}`}
          className={styles.list}
        >
          {unknown.map(sentence => (
            <li key={sentence} className={styles.item}>
              <StatusIcon tone="unknown" />
              <p className={styles.line}>{sentence}</p>
            </li>
          ))}
        </ul>
      )}
      {orders.length > 0 && (
        <Orders orders={orders} label={`Orders of ${title}`} />
      )}
      {events.length > 0 && (
        <Events events={events} label={`Events of ${title}`} />
      )}
      {events.length === 0 && unknown.length === 0 && (
        <p className={styles.line}>
          cert-manager has reported nothing in the last hour: Events are kept
          for an hour unless the cluster says otherwise.
        </p>
      )}
    </>
  );
}

function Opened(props: { address: CertificateAddress; title: string }) {
  const { address, title } = props;
  const { history, error, isLoading, readAgain } = useIssuanceHistory(address);
  return (
    <div className={styles.opened}>
      {!history && isLoading && (
        <div
          aria-busy="true"
          aria-label="Loading the history"
          className={styles.wide}
        >
          <Skeleton height={160} width="100%" />
        </div>
      )}
      {error && !isLoading && (
        <div className={styles.wide}>
          <Failure
            kind={failureKind(error)}
            error={error}
            what="the history of the certificate"
            onRetry={readAgain}
          />
        </div>
      )}
      {history && !error && (
        <>
          <Told history={history} title={title} />
          <Button
            size="small"
            className={styles.again}
            variant="secondary"
            isPending={isLoading}
            onPress={readAgain}
          >
            Read again
          </Button>
        </>
      )}
    </div>
  );
}

/**
 * What was reported and ordered while a certificate was issued, folded until wanted: it is read from the cluster when it is
 * opened, and not again by itself.
 */
export function IssuanceHistory(props: { address: CertificateAddress }) {
  const { address } = props;
  const [isShown, setShown] = useState(false);
  const title = `Certificate ${qualified(address)}`;
  return (
    <details
      className={styles.history}
      onToggle={event => setShown(event.currentTarget.open)}
    >
      <summary>
        History<Hidden> of {title}</Hidden>
      </summary>
      {isShown && <Opened address={address} title={title} />}
    </details>
  );
}
