import { Button, Card, CardBody, Flex, Text } from '@backstage/ui';
import { useId } from 'react';
import type { ExamplePerson } from './people';

const PersonCard = (props: {
  person: ExamplePerson;
  onChoose: (person: ExamplePerson) => void;
}) => {
  const { entityRef, title, description } = props.person;
  const id = useId();
  return (
    <Card>
      <CardBody>
        <Flex
          direction={{ initial: 'column', sm: 'row' }}
          justify="between"
          align="center"
          gap="4"
        >
          <Text id={id}>{description ?? entityRef}</Text>
          <Button
            aria-describedby={id}
            onPress={() => props.onChoose(props.person)}
          >
            Sign in as {title}
          </Button>
        </Flex>
      </CardBody>
    </Card>
  );
};

/** One button for each person, with what that person may do. */
export const PersonChoice = (props: {
  people: ExamplePerson[];
  onChoose: (person: ExamplePerson) => void;
}) => (
  <>
    <Text as="p">
      This is the local platform. Choose whom to be; nobody needs a password
      here.
    </Text>
    {props.people.map(person => (
      <PersonCard
        key={person.entityRef}
        person={person}
        onChoose={props.onChoose}
      />
    ))}
  </>
);
