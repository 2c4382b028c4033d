import type { ReactNode } from 'react';
import { Alert } from '@backstage/ui';
import type { BasicPermission } from '@backstage/plugin-permission-common';
import { usePermission } from '@backstage/plugin-permission-react';
import { useT } from '../../translation';
import type { Subject } from '../Failure';

/** Shows its children to those who may see them, and says to the others what is missing. */
export function PermissionGate(props: {
  permission: BasicPermission;
  what: Subject;
  children: ReactNode;
}) {
  const { permission, what, children } = props;
  const t = useT();
  const { allowed, loading } = usePermission({ permission });
  if (loading) return null;
  if (allowed) return <>{children}</>;
  return (
    <Alert
      status="warning"
      icon
      title={t(`failure.forbidden.${what}`, { name: '' })}
      description={t('failure.permission', { permission: permission.name })}
    />
  );
}
