import { useT } from '../../translation';
import styles from './ExposureCard.module.css';

/** Ends a heading where more than one cluster is looked at. */
export function InCluster(props: { name: string }) {
  return (
    <>
      {' '}
      <span className={styles.cluster}>
        {useT()('common.inCluster', { cluster: props.name })}
      </span>
    </>
  );
}
