import { Fragment } from 'react';
import styles from './HostName.module.css';

/**
 * A host, URL, ref, key or fingerprint that breaks after dots, slashes, underscores and colons first, and anywhere before it
 * runs out of its box.
 */
export function HostName(props: { text: string }) {
  const parts = props.text.split(/(?<=[./_:])/);
  return (
    <span className={styles.host}>
      {parts.map((part, index) => (
        // The parts of one text have no other identity than their place.
        // eslint-disable-next-line react/no-array-index-key
        <Fragment key={index}>
          {index > 0 && <wbr />}
          {part}
        </Fragment>
      ))}
    </span>
  );
}
