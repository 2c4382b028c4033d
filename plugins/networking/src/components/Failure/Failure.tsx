import { Alert, Button, Flex } from '@backstage/ui';
import {
  failureFindings,
  failureMessage,
  type FailureKind,
} from '../../lib/errors';
import { FindingView } from '../FindingView';

const capital = (text: string) =>
  text.charAt(0).toLocaleUpperCase('en') + text.slice(1);

const TITLES: Record<FailureKind, (what: string) => string> = {
  forbidden: what => `You may not see ${what}.`,
  notFound: what => `There is nothing to show: ${what} cannot be found.`,
  conflict: what => `${capital(what)} changed meanwhile.`,
  error: what => `${capital(what)} cannot be shown now.`,
};

const REMEDIES: Record<FailureKind, string> = {
  forbidden: 'Ask the owner or a platform admin for the permission.',
  notFound: 'Check that it exists and that you may see it in the catalog.',
  conflict: 'Read it again.',
  error: 'Try again; data comes back by itself once the backend answers.',
};

/** Why nothing is shown, and the one thing to do. `what` is the subject of the sentence. */
export function Failure(props: {
  kind: FailureKind;
  error: Error;
  what: string;
  onRetry?: () => void;
}) {
  const { kind, error, what, onRetry } = props;
  const refused = kind === 'forbidden' || kind === 'notFound';
  const findings = failureFindings(error);
  return (
    <div role="alert">
      <Alert
        status={refused ? 'warning' : 'danger'}
        icon
        title={TITLES[kind](what)}
        description={
          <Flex direction="column" gap="2">
            <span>{failureMessage(error)}</span>
            <span>{REMEDIES[kind]}</span>
            {findings.map(finding => (
              <FindingView key={finding.reason} finding={finding} />
            ))}
          </Flex>
        }
        customActions={
          onRetry &&
          !refused && (
            <Button size="small" variant="secondary" onPress={onRetry}>
              Try again
            </Button>
          )
        }
      />
    </div>
  );
}
