import { useId, type ReactNode } from 'react';
import styles from './Part.module.css';

/** A part of what is told of one thing, under a heading that names it. */
export function Part(props: {
  title: string;
  /** Level of the heading, one below that of what stands around. */
  heading: 'h2' | 'h3' | 'h4' | 'h5';
  /** Less room between what is in it. */
  isDense?: boolean;
  children: ReactNode;
}) {
  const { title, heading: Heading, isDense = false, children } = props;
  const id = useId();
  return (
    <section
      aria-labelledby={id}
      className={`${styles.part} ${isDense ? styles.dense : ''}`}
    >
      <Heading id={id} className={styles.title}>
        {title}
      </Heading>
      {children}
    </section>
  );
}
