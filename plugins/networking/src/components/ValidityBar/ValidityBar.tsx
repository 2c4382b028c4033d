import { usePresent } from '../../hooks/useNow';
import { validityOf, type ValidityDates } from '../../lib/validity';
import { useT } from '../../translation';
import styles from './ValidityBar.module.css';

const percent = (part: number) => `${(part * 100).toFixed(2)}%`;

const STATES = {
  valid: styles.valid,
  renewalDue: styles.renewalDue,
  expired: styles.expired,
  notYetValid: styles.notYetValid,
};

/**
 * The life of a certificate as a bar, with the present, the renewal and the end. Under it stand the dates in words, which
 * say the same; without them the bar has the whole sentence as its name.
 */
export function ValidityBar(props: ValidityDates & { withoutDates?: boolean }) {
  const { withoutDates = false, ...dates } = props;
  // What has begun since the last tick of the clock is no time to come.
  const validity = validityOf(useT(), dates, usePresent(30_000));
  if (!validity) return null;
  const { state, marks, sentence } = validity;
  const placeOf = (kind: (typeof marks)[number]['kind']) =>
    marks.find(mark => mark.kind === kind)?.place ?? 0;
  const begin = placeOf('begin');
  const end = placeOf('end');
  const renewal = marks.find(mark => mark.kind === 'renewal');
  const today = Math.min(Math.max(placeOf('today'), begin), end);
  return (
    <div className={`${styles.validity} ${STATES[state]}`}>
      <div role="img" aria-label={sentence} className={styles.bar}>
        <span
          className={styles.life}
          style={{ left: percent(begin), width: percent(end - begin) }}
        />
        <span
          className={styles.passed}
          style={{ left: percent(begin), width: percent(today - begin) }}
        />
        {renewal && (
          <span
            className={styles.late}
            style={{
              left: percent(renewal.place),
              width: percent(end - renewal.place),
            }}
          />
        )}
        {marks.map(({ kind, place }) => (
          <span
            key={kind}
            className={`${styles.mark} ${styles[kind]}`}
            style={{ left: percent(place) }}
          />
        ))}
      </div>
      {!withoutDates && (
        <dl className={styles.dates}>
          {marks.map(({ kind, title, text, iso }) => (
            <div key={kind} className={styles.date}>
              <dt>
                <span
                  aria-hidden="true"
                  className={`${styles.sign} ${styles[kind]}`}
                />
                {title}
              </dt>
              <dd>
                <time dateTime={iso}>{text}</time>
              </dd>
            </div>
          ))}
        </dl>
      )}
    </div>
  );
}
