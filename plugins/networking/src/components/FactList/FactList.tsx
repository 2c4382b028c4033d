import type { ReactNode } from 'react';
import styles from './FactList.module.css';

/** A name and what is known under it; left out where that is undefined. */
export type Fact = [name: string, value: ReactNode | undefined];

/** Names and values, beside each other or below each other where there is little room. */
export function FactList(props: { facts: readonly Fact[] }) {
  return (
    <dl className={styles.facts}>
      {props.facts
        .filter(([, value]) => value !== undefined && value !== '')
        .map(([name, value]) => (
          <div key={name} className={styles.fact}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}
