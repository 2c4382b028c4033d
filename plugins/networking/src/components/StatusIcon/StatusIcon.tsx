import {
  RiAlertFill,
  RiCheckboxCircleFill,
  RiCloseCircleFill,
  RiInformationLine,
  RiQuestionFill,
  RiTimeFill,
} from '@remixicon/react';
import type { Severity } from 'backstage-plugin-networking-common';
import styles from './StatusIcon.module.css';

/** How something stands; every tone has its own shape, so that colour is never the only sign. */
export type Tone =
  | 'good'
  | 'waiting'
  | 'attention'
  | 'bad'
  | 'unknown'
  | 'info';

const ICONS: Record<Tone, typeof RiAlertFill> = {
  good: RiCheckboxCircleFill,
  waiting: RiTimeFill,
  attention: RiAlertFill,
  bad: RiCloseCircleFill,
  unknown: RiQuestionFill,
  info: RiInformationLine,
};

const OF_SEVERITY: Record<Severity, 'bad' | 'attention' | 'info'> = {
  blocking: 'bad',
  confirm: 'attention',
  error: 'bad',
  warning: 'attention',
  info: 'info',
};

/** How a finding stands; one of a severity that this version does not know is worth knowing. */
export const severityTone = (
  severity: Severity,
): 'bad' | 'attention' | 'info' => OF_SEVERITY[severity] ?? 'info';

/** Class that gives text the tone's colour with enough contrast on every surface. */
export const toneClass = (tone: Tone): string => styles[tone];

/** The tone's shape. The word stands beside it, so screen readers skip the picture. */
export function StatusIcon(props: { tone: Tone; size?: number }) {
  const { tone, size = 18 } = props;
  const Icon = ICONS[tone];
  return (
    <Icon
      size={size}
      aria-hidden="true"
      className={`${styles.icon} ${styles[tone]}`}
    />
  );
}
