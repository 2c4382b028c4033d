import { validate } from 'jsonschema';
import { parse } from 'yaml';
import { FakeBackend } from '../__testUtils__/fakeBackend';
import { runner } from '../__testUtils__/run';
import { examples } from './action.examples';

const stepOf = (example: string) => parse(example).steps[0];

describe('the examples of networking:component:expose', () => {
  let backend: FakeBackend;
  beforeEach(async () => {
    backend = await FakeBackend.start();
  });
  afterEach(() => backend.stop());

  it.each(examples.map(({ description, example }) => [description, example]))(
    'run: %s',
    async (_, example) => {
      const step = stepOf(example);
      const { action, run, outputs } = runner(backend);
      expect(step.action).toBe(action.id);
      expect(validate(step.input, action.schema?.input ?? {}).errors).toEqual(
        [],
      );

      await run(step.input);
      expect(validate(outputs, action.schema?.output ?? {}).errors).toEqual([]);
      expect(outputs).toMatchObject({ tlsReady: true });
    },
  );

  it.each([
    [
      'one Service under the own name',
      0,
      { entityRef: 'component:default/docs' },
      'https://docs.127-0-0-1.nip.io:30443',
    ],
    [
      'a name alone with a host label',
      1,
      { entityRef: 'component:default/docs', hostLabel: 'handbook' },
      'https://handbook.127-0-0-1.nip.io:30443',
    ],
    [
      'one of several Services',
      2,
      {
        entityRef: 'component:default/shop',
        cluster: 'local',
        namespace: 'shop',
        service: { name: 'shop-v2', port: 8080 },
        hostLabel: 'shop-beta',
      },
      'https://shop-beta.127-0-0-1.nip.io:30443',
    ],
  ])('ask the backend for %s', async (_, index, request, url) => {
    const { run, outputs } = runner(backend);
    await run(stepOf(examples[index].example).input);
    expect(backend.seen[0].body).toEqual(request);
    expect(outputs.url).toBe(url);
  });
});
