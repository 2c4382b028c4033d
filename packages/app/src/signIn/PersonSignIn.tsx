import { ProxiedSignInPage } from '@backstage/core-components';
import type { ResponseError } from '@backstage/errors';
import type { IdentityApi } from '@backstage/frontend-plugin-api';
import { Alert, Button } from '@backstage/ui';
import { useMemo, useRef } from 'react';
import type { ExamplePerson } from './people';

/** Header in which the backend expects the person: see packages/auth-backend-module-example. */
const PERSON_HEADER = 'x-example-person';

/** What the backend said, which is more than the status of its answer. */
const saidBy = (error: Error | undefined): string | undefined =>
  error?.name === 'ResponseError'
    ? (error as ResponseError).body.error.message
    : error?.message;

/** Signs in as one person, once, when it is mounted. */
export const PersonSignIn = (props: {
  person: ExamplePerson;
  onSignedIn: (identity: IdentityApi) => void;
  onChooseAgain: () => void;
}) => {
  const { person, onSignedIn } = props;
  const chooseAgain = useRef(props.onChooseAgain);
  chooseAgain.current = props.onChooseAgain;

  const Failure = useMemo(
    () =>
      ({ error }: { error?: Error }) =>
        (
          <Alert
            status="danger"
            icon
            title={`Signing in as ${person.title} did not work`}
            description={saidBy(error)}
            customActions={
              <Button variant="secondary" onPress={() => chooseAgain.current()}>
                Choose again
              </Button>
            }
          />
        ),
    [person.title],
  );

  return (
    <ProxiedSignInPage
      provider="example"
      headers={{ [PERSON_HEADER]: person.entityRef }}
      onSignInSuccess={onSignedIn}
      ErrorComponent={Failure}
    />
  );
};
