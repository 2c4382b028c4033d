import { useState } from 'react';
import {
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
} from '@backstage/ui';
import {
  VERDICT_REASONS,
  type CertificateRow,
} from 'backstage-plugin-networking-common';
import { certificateTitle } from '../../lib/certificates';
import { failureFindings, failureMessage } from '../../lib/errors';
import { issuerName, issuerTrouble } from '../../lib/renewal';
import { useT, type Translate } from '../../translation';
import { FindingView } from '../FindingView';
import { HostName } from '../HostName';
import { StatusIcon } from '../StatusIcon';
import styles from './RenewDialog.module.css';

/** Hosts that are named; of more the number is said. */
const NAMED = 5;

/** What becomes of the key. cert-manager's default changed with 1.18, so nothing is said where the spec is silent. */
function keyText(t: Translate, policy: string | undefined): string | undefined {
  if (policy === 'Always') return t('renew.newKey');
  return policy === 'Never' ? t('renew.sameKey') : undefined;
}

function Effects(props: { row: CertificateRow }) {
  const t = useT();
  const { row } = props;
  const { role, facts, hosts, findings } = row;
  const { issuer, certificate } = facts;
  const isOfOldKey = findings.some(
    ({ reason }) => reason === VERDICT_REASONS.certificateOfOldCaKey,
  );
  const names = [...new Set(hosts.map(({ host }) => host))];
  const trouble = issuerTrouble(row);
  return (
    <>
      {trouble && (
        <div className={styles.failure}>
          <StatusIcon tone="attention" />
          <div>
            <p className={styles.line}>
              {t('renew.heldBy', { issuer: issuerName(row) })}
              {trouble.details?.message && (
                <>
                  {' '}
                  {t('renew.said', {
                    message: trouble.details.message.trim().replace(/\.$/, ''),
                  })}
                </>
              )}
            </p>
            {trouble.remedy && (
              <p className={styles.remedy}>{trouble.remedy}</p>
            )}
          </div>
        </div>
      )}
      <p className={styles.line}>
        {[
          !trouble &&
            (issuer
              ? t('renew.issuesThrough', { issuer: issuerName(row) })
              : t('renew.issues')),
          keyText(t, certificate?.rotationPolicy),
          role === 'ca' ? t('renew.ofCa') : t('renew.switches'),
        ]
          .filter(Boolean)
          .join(' ')}
      </p>
      {isOfOldKey && <p className={styles.line}>{t('renew.newCa')}</p>}
      {issuer?.type === 'ACME' && (
        <p className={styles.line}>{t('renew.acme')}</p>
      )}
      {role === 'served' && names.length > 0 && (
        <div>
          <p className={styles.line}>
            {t('renew.gets', { count: names.length })}
          </p>
          <ul className={styles.hosts}>
            {names.slice(0, NAMED).map(name => (
              <li key={name}>
                <HostName text={name} />
              </li>
            ))}
            {names.length > NAMED && (
              <li>{t('common.more', { count: names.length - NAMED })}</li>
            )}
          </ul>
        </div>
      )}
    </>
  );
}

/** Says what a renewal does and asks. */
export function RenewDialog(props: {
  row: CertificateRow;
  renew: (row: CertificateRow) => Promise<void>;
  onClose: () => void;
  /** cert-manager was asked. */
  onRenewed: () => void;
}) {
  const t = useT();
  const { row, renew, onClose, onRenewed } = props;
  const [isAsking, setAsking] = useState(false);
  const [error, setError] = useState<Error>();
  const ask = async () => {
    setAsking(true);
    setError(undefined);
    try {
      await renew(row);
      onRenewed();
    } catch (caught) {
      setError(caught instanceof Error ? caught : new Error(String(caught)));
      setAsking(false);
    }
  };
  const findings = error ? failureFindings(error) : [];
  return (
    <Dialog
      isOpen
      width={600}
      isKeyboardDismissDisabled={isAsking}
      onOpenChange={open => {
        if (!open && !isAsking) onClose();
      }}
    >
      <DialogHeader>
        {t('renew.buttonOf', {
          title: <HostName text={certificateTitle(t, row)} />,
        })}
      </DialogHeader>
      <DialogBody>
        <div className={styles.body}>
          <Effects row={row} />
          {error && (
            <div role="alert" className={styles.error}>
              {findings.length > 0 ? (
                findings.map(finding => (
                  <FindingView key={finding.reason} finding={finding} />
                ))
              ) : (
                <div className={styles.failure}>
                  <StatusIcon tone="bad" />
                  <p className={styles.line}>{failureMessage(error)}</p>
                </div>
              )}
            </div>
          )}
        </div>
      </DialogBody>
      <DialogFooter>
        <Button
          variant="secondary"
          // The harmless answer has the focus first.
          // eslint-disable-next-line jsx-a11y/no-autofocus
          autoFocus
          isDisabled={isAsking}
          onPress={onClose}
        >
          {error ? t('common.close') : t('common.cancel')}
        </Button>
        <Button
          variant="primary"
          isPending={isAsking}
          onPress={() => void ask()}
        >
          {t('renew.button')}
        </Button>
      </DialogFooter>
    </Dialog>
  );
}
