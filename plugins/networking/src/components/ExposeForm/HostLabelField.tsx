import { useRef } from 'react';
import { Button, TextField } from '@backstage/ui';
import type { PlanView } from '../../hooks/usePlan';
import { failureMessage } from '../../lib/errors';
import { hostText } from '../../lib/exposures';
import { hostAvailability } from '../../lib/hosts';
import { useT } from '../../translation';
import { HostName } from '../HostName';
import { StatusIcon } from '../StatusIcon';
import styles from './ExposeForm.module.css';

function Availability(props: { view: PlanView }) {
  const t = useT();
  const { plan, checking, error } = props.view;
  if (checking) {
    return (
      <>
        <StatusIcon tone="waiting" size={16} /> {t('form.checking')}
      </>
    );
  }
  if (error) {
    return (
      <>
        <StatusIcon tone="unknown" size={16} />{' '}
        {t('form.notChecked', { message: failureMessage(error) })}
      </>
    );
  }
  if (!plan) return null;
  const availability = hostAvailability(plan);
  switch (availability.word) {
    case 'free':
      return (
        <>
          <StatusIcon tone="good" size={16} /> {t('form.free')}
        </>
      );
    case 'own':
      return (
        <>
          <StatusIcon tone="info" size={16} /> {t('form.own')}
        </>
      );
    case 'refused':
      return (
        <>
          <StatusIcon tone="bad" size={16} />{' '}
          {availability.findings.map(finding => (
            <span key={finding.reason}>
              {finding.message} {finding.remedy}{' '}
            </span>
          ))}
        </>
      );
    default:
      return null;
  }
}

/** The subdomain, the URL it makes as one types, and whether that is free. */
export function HostLabelField(props: {
  value: string;
  onChange: (value: string) => void;
  /** Undefined while it cannot be said. */
  url?: string;
  view: PlanView;
  label?: string;
  description?: string;
  isReadOnly?: boolean;
  isRequired?: boolean;
  /** Goes over to changing what is at this host already. */
  onEdit?: () => void;
}) {
  const t = useT();
  const {
    value,
    onChange,
    url,
    view,
    label = t('form.subdomain'),
    description = t('form.subdomainHint'),
    isReadOnly = false,
    isRequired = true,
    onEdit,
  } = props;
  const refused =
    !view.checking &&
    view.plan !== undefined &&
    hostAvailability(view.plan).word === 'refused';
  const field = useRef<HTMLDivElement>(null);
  const free = view.checking ? undefined : view.plan?.freeHostLabel;
  return (
    <div ref={field} className={styles.field}>
      <TextField
        label={label}
        description={description}
        value={value}
        onChange={text => onChange(text.trim().toLocaleLowerCase('en'))}
        isReadOnly={isReadOnly}
        isRequired={isRequired}
        isInvalid={refused}
        // The sentence below says more than the browser's own bubble, which would also hold the form back.
        validationBehavior="aria"
        autoComplete="off"
        spellCheck="false"
      />
      <p className={styles.preview}>
        {url ? <HostName text={url} /> : t('form.urlShowsHere')}
      </p>
      {!isReadOnly && (
        <p className={styles.availability} role="status">
          <Availability view={view} />
        </p>
      )}
      {!isReadOnly && (free || onEdit) && (
        <div className={styles.buttons}>
          {free && (
            <Button
              size="small"
              variant="secondary"
              onPress={() => {
                onChange(free);
                // The button goes, and the focus with it.
                field.current?.querySelector('input')?.focus();
              }}
            >
              {t('form.use', { label: free })}
            </Button>
          )}
          {onEdit && (
            <Button size="small" variant="secondary" onPress={onEdit}>
              {t('common.editOf', { host: hostText(t, { host: value, url }) })}
            </Button>
          )}
        </div>
      )}
    </div>
  );
}
