import { Text } from '@backstage/ui';
import { useT } from '../../translation';

/** That there is no cluster to look at or to write to, and what an admin does about it. */
export function NoCluster(props: { heading?: boolean }) {
  const t = useT();
  const { heading = false } = props;
  return (
    <>
      <Text
        as={heading ? 'h3' : 'p'}
        variant={heading ? 'body-large' : 'body-medium'}
        weight="bold"
      >
        {t('cluster.none')}
      </Text>
      <Text as="p" color="secondary">
        {t('cluster.noneRemedy')}
      </Text>
    </>
  );
}
