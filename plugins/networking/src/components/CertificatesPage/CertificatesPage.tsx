import { useCallback, useMemo, useRef, useState } from 'react';
import { useSearchParams } from 'react-router-dom';
import { Button, Card, CardBody, Container } from '@backstage/ui';
import type {
  CertificateRow,
  CertificatesView,
} from 'backstage-plugin-networking-common';
import { useCertificates, useEagerly } from '../../hooks/useCertificates';
import { useKeptOrder } from '../../hooks/useKeptOrder';
import { useRenewals } from '../../hooks/useRenewal';
import { certificateKey, findCertificates } from '../../lib/certificates';
import { renewalOf } from '../../lib/renewal';
import { useT } from '../../translation';
import { ClusterNotices } from '../EntityNetworking/Notices';
import { NoCluster } from '../NoCluster';
import { OrderAnew } from '../OrderAnew';
import { Polled } from '../Polled';
import { RenewDialog } from '../RenewDialog';
import { CertificateTable } from './CertificateTable';
import { Counts } from './Counts';
import { Filters } from './Filters';
import { filterOf, isNarrowed, withFilter, withOpen } from './query';
import styles from './CertificatesPage.module.css';

/** Rows that are shown at once; more on request. */
const SHOWN = 100;

/** Why there is no row. */
function Nothing(props: { isNarrowed: boolean; hasCluster: boolean }) {
  const t = useT();
  if (!props.hasCluster) return <NoCluster />;
  return (
    <p className={styles.nothing}>
      {props.isNarrowed ? t('certificates.noMatch') : t('certificates.nothing')}
    </p>
  );
}

function Certificates(props: {
  view: CertificatesView;
  refresh: () => Promise<void>;
}) {
  const t = useT();
  const { view, refresh } = props;
  const [search, setSearch] = useSearchParams();
  const count = useRef<HTMLParagraphElement>(null);
  const { started, renew } = useRenewals();
  const [asked, setAsked] = useState<CertificateRow>();
  const [shown, setShown] = useState(SHOWN);
  const order = useKeptOrder(view.certificates, certificateKey, 'trouble');
  const renewals = useMemo(
    () =>
      new Map(
        view.certificates.flatMap(row => {
          const uid = row.facts.certificate?.uid ?? '';
          const renewal = renewalOf(row, started.get(uid));
          return renewal ? [[certificateKey(row), renewal] as const] : [];
        }),
      ),
    [view, started],
  );
  useEagerly(
    [...renewals.values()].some(({ state }) => state === 'underWay'),
    { refresh },
  );
  const found = findCertificates(t, order.rows, filterOf(search));
  const onOpen = useCallback(
    (key: string | undefined) =>
      setSearch(current => withOpen(current, key), { replace: true }),
    [setSearch],
  );
  return (
    <>
      <Filters
        search={search}
        rows={view.certificates}
        onChange={(values, options) =>
          setSearch(current => withFilter(current, values), options)
        }
      />
      <ClusterNotices clusters={view.clusters} />
      <Card>
        <CardBody>
          <div className={styles.certificates}>
            <div className={styles.status}>
              <Counts
                focusRef={count}
                rows={view.certificates}
                found={found.length}
                search={search}
              />
              {isNarrowed(search) && (
                <Button
                  size="small"
                  variant="secondary"
                  onPress={() => {
                    setSearch({});
                    count.current?.focus();
                  }}
                >
                  {t('common.clearFilters')}
                </Button>
              )}
              <OrderAnew order={order} focusNext={count} />
            </div>
            {found.length > 0 ? (
              <CertificateTable
                rows={found.slice(0, shown)}
                renewals={renewals}
                open={search.get('open') ?? undefined}
                hasClusters={view.clusters.length > 1}
                onOpen={onOpen}
                onRenew={view.permissions.renew ? setAsked : undefined}
              />
            ) : (
              <Nothing
                isNarrowed={isNarrowed(search)}
                hasCluster={view.clusters.length > 0}
              />
            )}
            {found.length > shown && (
              <Button
                variant="secondary"
                onPress={() => setShown(rows => rows + SHOWN)}
              >
                {t('certificates.showMore', {
                  count: Math.min(SHOWN, found.length - shown),
                })}
              </Button>
            )}
          </div>
        </CardBody>
      </Card>
      {asked && (
        <RenewDialog
          row={asked}
          renew={renew}
          onClose={() => setAsked(undefined)}
          onRenewed={() => {
            setAsked(undefined);
            void refresh();
          }}
        />
      )}
    </>
  );
}

/** Every certificate that a listener uses and the CAs behind them, those in trouble first. */
export function CertificatesPage() {
  const view = useCertificates();
  return (
    <Container>
      <div className={styles.page}>
        <Polled view={view} what="certificates" height={640}>
          {data => <Certificates view={data} refresh={view.refresh} />}
        </Polled>
      </div>
    </Container>
  );
}
