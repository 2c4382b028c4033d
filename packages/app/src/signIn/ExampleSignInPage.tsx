import { configApiRef, useApi } from '@backstage/frontend-plugin-api';
import type { SignInPageProps } from '@backstage/plugin-app-react';
import { Alert, Container, Flex, Text } from '@backstage/ui';
import { useState } from 'react';
import { PersonChoice } from './PersonChoice';
import { PersonSignIn } from './PersonSignIn';
import { readExamplePeople } from './people';
import { forgettingIdentity, remembered } from './remembered';

/**
 * Asks which of the example people to be, and signs in as that one. Only the local platform configures any; elsewhere
 * this page says that a provider is missing.
 */
export const ExampleSignInPage = ({ onSignInSuccess }: SignInPageProps) => {
  const config = useApi(configApiRef);
  const people = readExamplePeople(config);
  const [chosen, setChosen] = useState(remembered.get);
  const person = people.find(({ entityRef }) => entityRef === chosen);

  let content;
  if (people.length === 0) {
    content = (
      <Alert
        status="warning"
        icon
        title="Nobody can sign in here"
        description="No sign-in provider is configured. Start the local platform with npm start, or add the provider of your organization to packages/app and packages/backend."
      />
    );
  } else if (person) {
    content = (
      <PersonSignIn
        person={person}
        onSignedIn={identity => {
          remembered.set(person.entityRef);
          onSignInSuccess(forgettingIdentity(identity));
        }}
        onChooseAgain={() => {
          remembered.forget();
          setChosen(undefined);
        }}
      />
    );
  } else {
    content = (
      <PersonChoice
        people={people}
        onChoose={({ entityRef }) => setChosen(entityRef)}
      />
    );
  }

  return (
    <Container>
      <Flex
        direction="column"
        gap="4"
        py="6"
        style={{ maxWidth: '48rem', margin: '0 auto' }}
      >
        <Text as="h1" variant="title-medium">
          {config.getOptionalString('app.title') ?? 'Backstage'}
        </Text>
        {content}
      </Flex>
    </Container>
  );
};
