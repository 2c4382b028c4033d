import { AuthenticationError, NotAllowedError } from '@backstage/errors';
import { createProxyAuthenticator } from '@backstage/plugin-auth-node';
import { isLoopbackAddress, isLoopbackHost } from './loopback';
import { readPeople, type ExamplePerson } from './people';

/** Request header that names the example person by entity ref. */
export const PERSON_HEADER = 'x-example-person';

/** Headers by which a proxy says that the request began elsewhere: then the peer says nothing about the client. */
const FORWARDING_HEADERS = ['forwarded', 'x-forwarded-for', 'x-real-ip', 'via'];

/**
 * Takes the person that the request names, if config lists the person and the request began on this machine.
 *
 * The Host header has to be a loopback name too. Otherwise a web page of any site could rebind its own name to
 * 127.0.0.1 and so become same-origin with this backend; with it, such a page meets CORS, because the header that
 * names the person makes every cross-origin request ask first.
 */
export const exampleAuthenticator = createProxyAuthenticator({
  defaultProfileTransform: async (person: ExamplePerson) => ({
    profile: { displayName: person.displayName },
  }),

  initialize: ({ config }) => ({ people: readPeople(config) }),

  async authenticate({ req }, { people }) {
    const forwardedBy = FORWARDING_HEADERS.find(name => req.headers[name]);
    if (
      forwardedBy ||
      !isLoopbackAddress(req.socket.remoteAddress) ||
      !isLoopbackHost(req.headers.host)
    ) {
      throw new NotAllowedError(
        'Sign-in as an example person is only for a browser on the machine that runs the local platform. Open Backstage there, at its loopback address',
      );
    }
    const named = req.headers[PERSON_HEADER];
    if (typeof named !== 'string' || named === '') {
      throw new AuthenticationError(
        `Header ${PERSON_HEADER} is missing. Name one of the example people in it, such as ${people[0].entityRef}`,
      );
    }
    const person = people.find(
      candidate => candidate.entityRef === named.toLowerCase(),
    );
    if (!person) {
      throw new AuthenticationError(
        `Header ${PERSON_HEADER} names nobody of auth.providers.example.people. Name one of: ${people
          .map(candidate => candidate.entityRef)
          .join(', ')}`,
      );
    }
    return { result: person };
  },
});
