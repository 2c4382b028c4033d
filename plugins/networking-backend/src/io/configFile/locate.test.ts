import {
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { locateConfigFile } from './locate';

let root: string;

beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'networking-locate-')));
  mkdirSync(join(root, 'packages', 'backend'), { recursive: true });
});

afterEach(() => rmSync(root, { recursive: true }));

describe('locateConfigFile', () => {
  it('finds the nearest config.toml upwards from the working directory', () => {
    writeFileSync(join(root, 'config.toml'), '');
    expect(locateConfigFile({ cwd: join(root, 'packages', 'backend') })).toBe(
      join(root, 'config.toml'),
    );
    writeFileSync(join(root, 'packages', 'config.toml'), '');
    expect(locateConfigFile({ cwd: join(root, 'packages', 'backend') })).toBe(
      join(root, 'packages', 'config.toml'),
    );
  });

  it('takes a configured path relative to the working directory, also where no file is', () => {
    writeFileSync(join(root, 'config.toml'), '');
    expect(
      locateConfigFile({
        configured: 'other.toml',
        cwd: join(root, 'packages'),
      }),
    ).toBe(join(root, 'packages', 'other.toml'));
  });
});
