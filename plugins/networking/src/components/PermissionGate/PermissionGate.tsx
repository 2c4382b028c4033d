import type { ReactNode } from 'react';
import { Alert } from '@backstage/ui';
import type { BasicPermission } from '@backstage/plugin-permission-common';
import { usePermission } from '@backstage/plugin-permission-react';

/** Shows its children to those who may see them, and says to the others what is missing. */
export function PermissionGate(props: {
  permission: BasicPermission;
  /** Subject of the sentence, "the platform's health". */
  what: string;
  children: ReactNode;
}) {
  const { permission, what, children } = props;
  const { allowed, loading } = usePermission({ permission });
  if (loading) return null;
  if (allowed) return <>{children}</>;
  return (
    <Alert
      status="warning"
      icon
      title={`You may not see ${what}.`}
      description={`Ask a platform admin for the permission ${permission.name}.`}
    />
  );
}
