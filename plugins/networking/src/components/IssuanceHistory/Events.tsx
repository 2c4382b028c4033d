import type { IssuanceEvent } from 'backstage-plugin-networking-common';
import { qualified } from '../../lib/names';
import { useT, type Translate } from '../../translation';
import { StatusIcon } from '../StatusIcon';
import { Time } from '../Time';
import styles from './IssuanceHistory.module.css';

function Reported(props: { event: IssuanceEvent }) {
  const t = useT();
  const { count, firstAt, lastAt, reportedBy } = props.event;
  const time = <Time iso={lastAt} />;
  const often = firstAt
    ? t('history.reportedSince', {
        time,
        count,
        since: <Time iso={firstAt} />,
      })
    : t('history.reportedOften', { time, count });
  return (
    <>
      {count > 1 ? often : time}
      {reportedBy && (
        <>
          {', '}
          {t('history.by', { reporter: reportedBy })}
        </>
      )}
    </>
  );
}

/** Kubernetes has these two. */
function typeText(t: Translate, type: string): string {
  if (type === 'Warning') return t('history.warning');
  return type === 'Normal' ? t('history.normal') : type;
}

/** What was reported, in words and with a sign: warnings stand out. */
export function Events(props: {
  events: readonly IssuanceEvent[];
  label: string;
}) {
  const t = useT();
  return (
    <ul aria-label={props.label} className={styles.list}>
      {props.events.map((event, index) => {
        const { type, reason, message, about } = event;
        return (
          <li key={index} className={styles.item}>
            <StatusIcon tone={type === 'Warning' ? 'attention' : 'info'} />
            <div className={styles.text}>
              <p className={styles.line}>
                <strong>{typeText(t, type)}</strong>
                {reason && `, ${reason}`}: {message}
              </p>
              <p className={`${styles.line} ${styles.meta}`}>
                {about.kind} {qualified(about)}, <Reported event={event} />
              </p>
            </div>
          </li>
        );
      })}
    </ul>
  );
}
