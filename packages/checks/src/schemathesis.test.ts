import { join } from 'node:path';
import { installSchemathesis } from './schemathesis/install';
import { runSchemathesis } from './schemathesis/run';
import { startWorld, type World } from './world';

// Bounds for what hangs.
jest.setTimeout(1_200_000);

/** Who asks: what each may do differs, and what the contract says does not. */
const PEOPLE: [string, string][] = [
  ['a platform admin', 'user:default/alex'],
  ['an owner of shop and docs', 'user:default/sam'],
];

let world: World;
let program: string;

beforeAll(async () => {
  world = await startWorld('schemathesis');
  program = await installSchemathesis(world.folder);
});
afterAll(() => world?.stop());

it.each(PEOPLE)(
  'schemathesis finds nothing with the token of %s',
  async (_, person) => {
    const { backstage, folder } = world;
    const { found, summary, ...run } = await runSchemathesis({
      program,
      url: `${backstage.baseUrl}/api/networking`,
      token: await backstage.tokenOf(person),
      folder: join(folder, person.split('/')[1]),
    });
    process.stdout.write(`${person}\n${summary}\n`);
    expect(found).toBe('');
    const { total } = run.operations;
    expect(run).toMatchObject({
      exit_code: 0,
      complete: true,
      errors: [],
      operations: { tested: total },
      phases: {
        examples: { status: 'success' },
        coverage: { status: 'success' },
        fuzzing: { status: 'success' },
        stateful: { status: 'success' },
      },
    });
    // Kept to the contract and not, for each operation.
    expect(run.test_cases.generated).toBeGreaterThan(50 * total);
  },
);
