import { Alert, Button, Flex } from '@backstage/ui';
import {
  failureFindings,
  failureMessage,
  type FailureKind,
} from '../../lib/errors';
import { useT, type Translate } from '../../translation';
import { FindingView } from '../FindingView';

/** What may not be there: each has sentences of its own. */
export type Subject =
  | 'ca'
  | 'certificate'
  | 'certificates'
  | 'exposure'
  | 'exposures'
  | 'history'
  | 'hosts'
  | 'manifest'
  | 'platform'
  | 'services'
  | 'settings';

/** A subject, and the name of what it is of where its sentences say that. */
export interface Sought {
  what: Subject;
  name?: string;
}

/** Told while it is read. */
export const loadingText = (t: Translate, { what, name = '' }: Sought) =>
  t(`failure.loading.${what}`, { name });

function titleOf(
  t: Translate,
  kind: FailureKind,
  { what, name = '' }: Sought,
): string {
  switch (kind) {
    case 'forbidden':
      return t(`failure.forbidden.${what}`, { name });
    case 'notFound':
    case 'conflict':
      return t(`failure.${kind}`);
    default:
      return t(`failure.title.${what}`, { name });
  }
}

/** Why nothing is shown, and the one thing to do. */
export function Failure(
  props: Sought & {
    kind: FailureKind;
    error: Error;
    /** Who may give access. Default: the owner or an admin. */
    owner?: string;
    onRetry?: () => void;
  },
) {
  const { kind, error, what, owner, onRetry } = props;
  const t = useT();
  // The backend says the same of it.
  const isSaid = kind === 'forbidden' && what === 'services';
  const refused = kind === 'forbidden' || kind === 'notFound';
  const findings = failureFindings(error);
  return (
    <div role="alert">
      <Alert
        status={refused ? 'warning' : 'danger'}
        icon
        title={titleOf(t, kind, props)}
        description={
          <Flex direction="column" gap="2">
            {!isSaid && <span>{failureMessage(error)}</span>}
            <span>
              {kind === 'forbidden' && owner
                ? t('failure.remedy.forbiddenOwner', { owner })
                : t(`failure.remedy.${kind}`)}
            </span>
            {findings.map(finding => (
              <FindingView key={finding.reason} finding={finding} />
            ))}
          </Flex>
        }
        customActions={
          onRetry &&
          !refused && (
            <Button size="small" variant="secondary" onPress={onRetry}>
              {t('common.retry')}
            </Button>
          )
        }
      />
    </div>
  );
}
