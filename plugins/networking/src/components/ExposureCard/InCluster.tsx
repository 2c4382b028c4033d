import styles from './ExposureCard.module.css';

/** Ends a heading where more than one cluster is looked at. */
export function InCluster(props: { name: string }) {
  return (
    <>
      {' '}
      <span className={styles.cluster}>in cluster {props.name}</span>
    </>
  );
}
