import type { IssuanceEvent } from 'backstage-plugin-networking-common';
import { qualified } from '../../lib/names';
import { StatusIcon } from '../StatusIcon';
import { Time } from '../Time';
import styles from './IssuanceHistory.module.css';

function Reported(props: { event: IssuanceEvent }) {
  const { count, firstAt, lastAt, reportedBy } = props.event;
  return (
    <>
      <Time iso={lastAt} />
      {count > 1 && `, ${count} times`}
      {count > 1 && firstAt && (
        <>
          {' since '}
          <Time iso={firstAt} />
        </>
      )}
      {reportedBy && `, by ${reportedBy}`}
    </>
  );
}

/** What was reported, in words and with a sign: warnings stand out. */
export function Events(props: {
  events: readonly IssuanceEvent[];
  label: string;
}) {
  return (
    <ul aria-label={props.label} className={styles.list}>
      {props.events.map((event, index) => {
        const { type, reason, message, about } = event;
        return (
          <li key={index} className={styles.item}>
            <StatusIcon tone={type === 'Warning' ? 'attention' : 'info'} />
            <div className={styles.text}>
              <p className={styles.line}>
                <strong>{type}</strong>
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
