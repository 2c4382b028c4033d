import { useId } from 'react';
import { Checkbox } from '@backstage/ui';
import type { Finding } from 'backstage-plugin-networking-common';
import { useT } from '../../translation';
import { StatusIcon } from '../StatusIcon';
import styles from './ExposeForm.module.css';

/** From where a change takes live requests, said before it is made; with `onConfirm`, what confirms it. */
export function LiveTraffic(props: {
  findings: readonly Finding[];
  isConfirmed?: boolean;
  onConfirm?: (isConfirmed: boolean) => void;
}) {
  const t = useT();
  const { findings, isConfirmed, onConfirm } = props;
  const headingId = useId();
  if (findings.length === 0) return null;
  return (
    <div role="group" aria-labelledby={headingId} className={styles.traffic}>
      <StatusIcon tone="attention" size={24} />
      <div>
        <div role="alert">
          <p id={headingId}>
            <strong>{t('form.traffic')}</strong>
          </p>
          {findings.map(({ reason, message }) => (
            <p key={`${reason} ${message}`}>{message}</p>
          ))}
        </div>
        {onConfirm && (
          <Checkbox isSelected={isConfirmed} onChange={onConfirm}>
            {t('form.confirmTraffic')}
          </Checkbox>
        )}
      </div>
    </div>
  );
}
