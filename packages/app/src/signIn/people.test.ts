import { mockApis } from '@backstage/frontend-test-utils';
import { readExamplePeople } from './people';

const read = (data: object) =>
  readExamplePeople(mockApis.config({ data: data as never }));

describe('readExamplePeople', () => {
  it('finds nobody where the provider is not configured', () => {
    expect(read({})).toEqual([]);
    expect(read({ auth: { providers: { guest: {} } } })).toEqual([]);
  });

  it('shows the title, or else the name', () => {
    expect(
      read({
        auth: {
          providers: {
            example: {
              people: [
                {
                  entityRef: 'user:default/sam',
                  title: 'Sam S.',
                  description: 'Developer of shop.',
                },
                { entityRef: 'user:default/pat' },
              ],
            },
          },
        },
      }),
    ).toEqual([
      {
        entityRef: 'user:default/sam',
        title: 'Sam S.',
        description: 'Developer of shop.',
      },
      { entityRef: 'user:default/pat', title: 'pat', description: undefined },
    ]);
  });
});
