import { ConfigReader } from '@backstage/config';
import type { Request } from 'express';
import { exampleAuthenticator, PERSON_HEADER } from './authenticator';

const context = exampleAuthenticator.initialize({
  config: new ConfigReader({
    people: [
      { entityRef: 'user:default/sam', title: 'Sam' },
      { entityRef: 'user:default/pat' },
    ],
  }),
});

const signIn = (
  headers: Record<string, string | string[]>,
  remoteAddress: string | undefined = '127.0.0.1',
) =>
  exampleAuthenticator.authenticate(
    {
      req: {
        headers: { host: '127.0.0.1:7007', ...headers },
        socket: { remoteAddress },
      } as unknown as Request,
    },
    context,
  );

describe('exampleAuthenticator', () => {
  it.each([
    ['user:default/sam', 'Sam'],
    ['User:Default/Sam', 'Sam'],
    ['user:default/pat', 'pat'],
  ])('takes %s, who is in the list', async (named, displayName) => {
    const { result } = await signIn({ [PERSON_HEADER]: named });
    expect(result.displayName).toBe(displayName);
    expect(
      await exampleAuthenticator.defaultProfileTransform(result, {} as never),
    ).toEqual({ profile: { displayName } });
  });

  it.each(['::1', '::ffff:127.0.0.1', '127.0.0.2'])(
    'takes a peer at %s',
    async peer => {
      const { result } = await signIn(
        { [PERSON_HEADER]: 'user:default/sam', host: 'localhost:7007' },
        peer,
      );
      expect(result.entityRef).toBe('user:default/sam');
    },
  );

  const named = { [PERSON_HEADER]: 'user:default/sam' };
  it.each<
    [
      string,
      Record<string, string | string[]>,
      string | undefined,
      string,
      RegExp,
    ]
  >([
    [
      'no header',
      {},
      '127.0.0.1',
      'AuthenticationError',
      /x-example-person is missing/,
    ],
    [
      'an empty header',
      { [PERSON_HEADER]: '' },
      '127.0.0.1',
      'AuthenticationError',
      /is missing/,
    ],
    [
      'the header twice',
      { [PERSON_HEADER]: ['user:default/sam', 'user:default/pat'] },
      '127.0.0.1',
      'AuthenticationError',
      /is missing/,
    ],
    [
      'a person who is not in the list',
      { [PERSON_HEADER]: 'user:default/alex' },
      '127.0.0.1',
      'AuthenticationError',
      /Name one of: user:default\/sam, user:default\/pat/,
    ],
    [
      'a peer on another machine',
      named,
      '192.168.1.30',
      'NotAllowedError',
      /only for a browser on the machine/,
    ],
    ['a peer that is gone', named, '', 'NotAllowedError', /only for a browser/],
    [
      'a name that was rebound to loopback',
      { ...named, host: 'evil.example:7007' },
      '127.0.0.1',
      'NotAllowedError',
      /only for a browser/,
    ],
    [
      'a proxy that says for whom it asks',
      { ...named, 'x-forwarded-for': '192.168.1.30' },
      '127.0.0.1',
      'NotAllowedError',
      /only for a browser/,
    ],
    [
      'a proxy that speaks RFC 7239',
      { ...named, forwarded: 'for=192.168.1.30' },
      '127.0.0.1',
      'NotAllowedError',
      /only for a browser/,
    ],
  ])('refuses %s', async (_, headers, peer, name, message) => {
    const refused = signIn(headers, peer);
    await expect(refused).rejects.toThrow(message);
    await expect(refused).rejects.toMatchObject({ name });
  });
});
