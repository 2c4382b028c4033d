import { useState } from 'react';
import { Button, Skeleton } from '@backstage/ui';
import type {
  CertificateAddress,
  IssuanceHistory as History,
} from 'backstage-plugin-networking-common';
import { useIssuanceHistory } from '../../hooks/useIssuanceHistory';
import { failureKind } from '../../lib/errors';
import { qualified } from '../../lib/names';
import { useT } from '../../translation';
import { Failure } from '../Failure';
import { Hidden } from '../Hidden';
import { StatusIcon } from '../StatusIcon';
import { Events } from './Events';
import { Orders } from './Orders';
import styles from './IssuanceHistory.module.css';

function Told(props: { history: History; title: string }) {
  const t = useT();
  const { history, title } = props;
  const { events, orders, unknown } = history;
  return (
    <>
      {unknown.length > 0 && (
        <ul
          aria-label={t('history.unknownOf', { title })}
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
        <Orders orders={orders} label={t('history.ordersOf', { title })} />
      )}
      {events.length > 0 && (
        <Events events={events} label={t('history.eventsOf', { title })} />
      )}
      {events.length === 0 && unknown.length === 0 && (
        <p className={styles.line}>{t('history.nothing')}</p>
      )}
    </>
  );
}

function Opened(props: { address: CertificateAddress; title: string }) {
  const t = useT();
  const { address, title } = props;
  const { history, error, isLoading, readAgain } = useIssuanceHistory(address);
  return (
    <div className={styles.opened}>
      {!history && isLoading && (
        <div
          aria-busy="true"
          aria-label={t('failure.loading.history')}
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
            what="history"
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
            {t('history.reload')}
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
  const t = useT();
  const { address } = props;
  const [isShown, setShown] = useState(false);
  const title = t('certificates.title', { name: qualified(address) });
  return (
    <details
      className={styles.history}
      onToggle={event => setShown(event.currentTarget.open)}
    >
      <summary>
        {t('history.title')}
        <Hidden> {t('history.of', { title })}</Hidden>
      </summary>
      {isShown && <Opened address={address} title={title} />}
    </details>
  );
}
