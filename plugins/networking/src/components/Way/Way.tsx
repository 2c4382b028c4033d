import type { WayStop } from 'backstage-plugin-networking-common';
import { useT, type Translate } from '../../translation';
import { StatusIcon, toneClass, type Tone } from '../StatusIcon';
import { Hidden } from '../Hidden';
import styles from './Way.module.css';

const TONES: Record<WayStop['state'], Tone> = {
  ok: 'good',
  waiting: 'waiting',
  failing: 'bad',
  refused: 'bad',
  unknown: 'unknown',
};

/** What a label alone does not tell; an address or a count of endpoints speaks for itself. */
function labelOf(t: Translate, { kind, label }: WayStop): string {
  switch (kind) {
    case 'client':
      return t('way.client');
    case 'listener':
    case 'route':
    case 'service':
      return t(`way.${kind}`, { name: label });
    default:
      return label;
  }
}

/**
 * The way a request takes, as a picture that is an ordered list. A stop that is not passed says so in words, not only
 * by its colour.
 */
export function Way(props: {
  stops: readonly WayStop[];
  host: string;
  /** A sentence that stands beside the way already and is not repeated at a stop. */
  said?: string;
}) {
  const t = useT();
  return (
    <ol
      className={styles.way}
      aria-label={t('way.label', { host: props.host })}
    >
      {props.stops.map((stop, index) => {
        const note = stop.note === props.said ? undefined : stop.note;
        const tone = TONES[stop.state] ?? 'unknown';
        return (
          <li
            // A way may name two Services: only the place tells two stops of one kind apart.
            // eslint-disable-next-line react/no-array-index-key
            key={`${stop.kind}-${index}`}
            className={`${styles.stop} ${styles[stop.state]} ${
              note ? styles.noted : ''
            }`}
          >
            <span className={styles.head}>
              <StatusIcon tone={tone} size={16} />
              <span className={styles.label}>{labelOf(t, stop)}</span>
            </span>
            {stop.state === 'ok' ? (
              <Hidden>{t('way.ok')}</Hidden>
            ) : (
              <span className={`${styles.word} ${toneClass(tone)}`}>
                {t(`way.${stop.state}`)}
              </span>
            )}
            {note && <span className={styles.note}>{note}</span>}
          </li>
        );
      })}
    </ol>
  );
}
