import type { ComponentProps } from 'react';
import styles from './Hidden.module.css';

/** Text for screen readers only. A span, so that it may stand inside sentences, unlike Backstage UI's own. */
export function Hidden(props: Omit<ComponentProps<'span'>, 'className'>) {
  return <span {...props} className={styles.hidden} />;
}
