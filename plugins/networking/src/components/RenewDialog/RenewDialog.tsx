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
import { qualified } from '../../lib/names';
import { issuerName, issuerTrouble } from '../../lib/renewal';
import { FindingView } from '../FindingView';
import { HostName } from '../HostName';
import { StatusIcon } from '../StatusIcon';
import styles from './RenewDialog.module.css';

/** Hosts that are named; of more the number is said. */
const NAMED = 5;

/** What becomes of the key. cert-manager's default changed with 1.18, so nothing is said where the spec is silent. */
function keySentence(policy: string | undefined): string {
  if (policy === 'Always') return ' It gets a new key.';
  return policy === 'Never' ? ' It keeps its key.' : '';
}

function Effects(props: { row: CertificateRow }) {
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
              cert-manager will be asked, and the renewal then stays at
              &ldquo;being issued&rdquo; until {issuerName(row)} can sign.
              {trouble.details?.message &&
                ` cert-manager says: ${trouble.details.message
                  .trim()
                  .replace(/\.$/, '')}.`}
            </p>
            {trouble.remedy && (
              <p className={styles.remedy}>{trouble.remedy}</p>
            )}
          </div>
        </div>
      )}
      <p className={styles.line}>
        {trouble ? 'Then cert-manager' : 'cert-manager'} issues it anew
        {issuer && ` through ${issuer.kind} ${qualified(issuer)}`}.
        {keySentence(certificate?.rotationPolicy)}
        {role === 'ca'
          ? ' What the CA has signed stays as it is and goes on being trusted.'
          : ' The gateway takes it up by itself: connections that are open go on, new ones get the new certificate.'}
      </p>
      {isOfOldKey && (
        <p className={styles.line}>
          It is then signed by the CA&apos;s key of today: whoever trusts only
          the key of before refuses it. <em>Trust this CA</em> on the tab of a
          host has the CA of today to hand out.
        </p>
      )}
      {issuer?.type === 'ACME' && (
        <p className={styles.line}>
          A public CA gives out so many certificates for a name and week, and
          then refuses more.
        </p>
      )}
      {role === 'served' && names.length > 0 && (
        <div>
          <p className={styles.line}>
            {names.length === 1
              ? 'This host gets it:'
              : `These ${names.length} hosts get it:`}
          </p>
          <ul className={styles.hosts}>
            {names.slice(0, NAMED).map(name => (
              <li key={name}>
                <HostName text={name} />
              </li>
            ))}
            {names.length > NAMED && <li>and {names.length - NAMED} more</li>}
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
        Renew <HostName text={certificateTitle(row)} />
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
          {error ? 'Close' : 'Leave it'}
        </Button>
        <Button
          variant="primary"
          isPending={isAsking}
          onPress={() => void ask()}
        >
          Renew
        </Button>
      </DialogFooter>
    </Dialog>
  );
}
