import { ConfigReader } from '@backstage/config';
import { readPeople } from './people';

const read = (people: unknown) =>
  readPeople(new ConfigReader({ people } as never));

describe('readPeople', () => {
  it('reads full refs in lower case, with the title or the name to show', () => {
    expect(
      read([
        { entityRef: 'User:Default/Sam', title: 'Sam S.' },
        { entityRef: 'user:default/pat' },
      ]),
    ).toEqual([
      { entityRef: 'user:default/sam', displayName: 'Sam S.' },
      { entityRef: 'user:default/pat', displayName: 'pat' },
    ]);
  });

  it.each([
    ['an empty list', [], /people is empty/],
    ['a missing list', undefined, /Missing required config value at 'people'/],
    [
      'a ref without kind',
      [{ entityRef: 'sam' }],
      /people\[0\]\.entityRef is 'sam', which is no full entity ref/,
    ],
    [
      'a Group',
      [{ entityRef: 'group:default/team-shop' }],
      /which is not a User/,
    ],
    [
      'the same person twice',
      [{ entityRef: 'user:default/sam' }, { entityRef: 'user:default/SAM' }],
      /names user:default\/sam twice/,
    ],
  ])('refuses %s', (_, people, message) => {
    expect(() => read(people)).toThrow(message);
  });
});
