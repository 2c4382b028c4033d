import { parseEntityRef } from '@backstage/catalog-model';
import { useRouteRef } from '@backstage/core-plugin-api';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import { Link } from '@backstage/ui';
import { HostName } from '../HostName';

/** `team-shop` for the groups of the default namespace, the whole ref for others. */
export const shortRef = (ref: string): string =>
  ref.replace(/^(group|component):default\//, '');

/** Leads to the Networking tab of an entity. */
export function EntityLink(props: {
  entityRef: string;
  text: string;
  className?: string;
}) {
  const entityLink = useRouteRef(entityRouteRef);
  const { kind, namespace, name } = parseEntityRef(props.entityRef);
  return (
    <Link
      href={`${entityLink({ kind, namespace, name })}/networking`}
      className={props.className}
    >
      <HostName text={props.text} />
    </Link>
  );
}
