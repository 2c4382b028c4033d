import { Text } from '@backstage/ui';

/** That there is no cluster to look at or to write to, and what an admin does about it. */
export function NoCluster(props: { heading?: boolean }) {
  const { heading = false } = props;
  return (
    <>
      <Text
        as={heading ? 'h3' : 'p'}
        variant={heading ? 'body-large' : 'body-medium'}
        weight="bold"
      >
        No cluster is configured.
      </Text>
      <Text as="p" color="secondary">
        An admin of Backstage adds one under kubernetes.clusterLocatorMethods in
        app-config.
      </Text>
    </>
  );
}
