import { RiCircleLine } from '@remixicon/react';
import { RENEWAL_STAGES, type Renewal } from '../../lib/renewal';
import { useT } from '../../translation';
import { Hidden } from '../Hidden';
import { WithSerialNumbers } from '../SerialNumber';
import { StatusIcon, type Tone } from '../StatusIcon';
import styles from './RenewalProgress.module.css';

interface StageView {
  /** None for what is to come. */
  tone?: Tone;
  word: 'reached' | 'now' | 'held' | 'stopped' | 'toCome';
}

const REACHED: StageView = { tone: 'good', word: 'reached' };
const NOW: StageView = { tone: 'waiting', word: 'now' };
const HELD: StageView = { tone: 'attention', word: 'held' };
const STOPPED: StageView = { tone: 'bad', word: 'stopped' };
const TO_COME: StageView = { word: 'toCome' };

function viewOf(index: number, reached: number, { state }: Renewal): StageView {
  if (index < reached || (index === reached && state === 'done')) {
    return REACHED;
  }
  if (state === 'stopped') {
    if (index === reached) return REACHED;
    return index === reached + 1 ? STOPPED : TO_COME;
  }
  if (index !== reached) return TO_COME;
  return state === 'held' ? HELD : NOW;
}

/** How far a renewal is, stage by stage in words, and what is waited for or why it stopped. */
export function RenewalProgress(props: {
  renewal: Renewal;
  /** `Certificate kube-system/idp-wildcard-cert`. */
  title: string;
  /** A CA is not served. */
  isCa: boolean;
}) {
  const t = useT();
  const { renewal, title, isCa } = props;
  const stages = RENEWAL_STAGES.filter(stage => !isCa || stage !== 'served');
  const reached = stages.indexOf(renewal.stage);
  return (
    <div className={styles.progress}>
      <ol className={styles.stages} aria-label={t('renewal.of', { title })}>
        {stages.map((stage, index) => {
          const { tone, word } = viewOf(index, reached, renewal);
          return (
            <li key={stage} className={styles.stage}>
              {tone ? (
                <StatusIcon tone={tone} size={16} />
              ) : (
                <RiCircleLine size={16} aria-hidden="true" />
              )}
              <span>
                {t(`renewal.${stage}`)}
                <Hidden>: {t(`renewal.${word}`)}</Hidden>
              </span>
            </li>
          );
        })}
      </ol>
      <p role="status" className={styles.sentence}>
        <WithSerialNumbers text={renewal.sentence} />
      </p>
    </div>
  );
}
