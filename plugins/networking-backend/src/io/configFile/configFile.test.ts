import {
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createConfigFileSource } from './configFile';
import { locateConfigFile } from './locate';

let folder: string;
let path: string;
const locate = () => path;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'networking-config-'));
  path = join(folder, 'config.toml');
});

afterEach(() => rmSync(folder, { recursive: true }));

describe('config.toml', () => {
  it('is nothing where the file is missing', () => {
    expect(createConfigFileSource({ locate }).read()).toBeUndefined();
  });

  it('is read with the time of reading', () => {
    writeFileSync(path, '[network]\nlan_ip = "192.168.1.20"\n');
    const now = () => new Date('2026-01-01T00:00:00Z');
    expect(createConfigFileSource({ locate, now }).read()).toMatchObject({
      path,
      readAt: '2026-01-01T00:00:00.000Z',
      values: [{ key: 'network.lan_ip', value: '192.168.1.20' }],
    });
  });

  it('names line, column and key of a value that cannot be used, and not the value', () => {
    writeFileSync(path, '[network]\nlan_ip = "hunter2"\n');
    const read = () => createConfigFileSource({ locate }).read();
    expect(read).toThrow(`${path}:2:1: network.lan_ip`);
    expect(read).not.toThrow('hunter2');
  });

  it.each<[string, BufferEncoding, string]>([
    ['UTF-16', 'utf16le', ':1:1: the file is UTF-16'],
    ['Latin-1', 'latin1', ':2:10: network.lan_ip: not valid TOML: a byte'],
  ])('names what is wrong with a file in %s', (_, encoding, says) => {
    writeFileSync(path, '[network]\nlan_ip = \u00a0"192.168.1.20"\n', encoding);
    expect(() => createConfigFileSource({ locate }).read()).toThrow(
      `${path}${says}`,
    );
  });

  it('names the file where it cannot be read', () => {
    expect(() =>
      createConfigFileSource({ locate: () => folder }).read(),
    ).toThrow(`${folder} cannot be read (EISDIR)`);
  });
});

describe('a watched config.toml', () => {
  function watched(where: () => string | undefined = locate) {
    let tick = () => {};
    const onChange = jest.fn();
    const source = createConfigFileSource({
      locate: where,
      poll: callback => {
        tick = callback;
        return () => {
          tick = () => {};
        };
      },
    });
    source.read();
    const stop = source.watch(onChange);
    return {
      source,
      stop,
      /** How often a change was told of at the next look. */
      lookOnce: () => {
        onChange.mockClear();
        tick();
        return onChange.mock.calls.length;
      },
      /** How often at the next two. */
      look: () => {
        onChange.mockClear();
        tick();
        tick();
        return onChange.mock.calls.length;
      },
    };
  }

  it('is quiet while nothing changes', () => {
    writeFileSync(path, '[network]\n');
    const { look } = watched();
    expect(look()).toBe(0);
  });

  it('tells once of an edit, also of one right after the reading', () => {
    writeFileSync(path, '[network]\n');
    const { look } = watched();
    writeFileSync(path, '[network]\nlan_ip = ""\n');
    expect(look()).toBe(1);
    expect(look()).toBe(0);
  });

  it('does not tell of what is still being written', () => {
    writeFileSync(path, '[network]\nlan_ip = "192.168.1.20"\n');
    const { source, lookOnce } = watched();
    writeFileSync(path, '');
    expect(lookOnce()).toBe(0);
    writeFileSync(path, '[network]\nlan_ip = "192.168.1.21"\n');
    expect(lookOnce()).toBe(0);
    expect(lookOnce()).toBe(1);
    expect(source.read()).toMatchObject({
      values: [{ key: 'network.lan_ip', value: '192.168.1.21' }],
    });
    expect(lookOnce()).toBe(0);
  });

  it('tells nothing of an edit that was taken back before it was told of', () => {
    writeFileSync(path, '[network]\n');
    const { lookOnce } = watched();
    renameSync(path, `${path}.away`);
    expect(lookOnce()).toBe(0);
    renameSync(`${path}.away`, path);
    expect([lookOnce(), lookOnce()]).toEqual([0, 0]);
  });

  it('tells of another file under the same name', () => {
    writeFileSync(path, '[network]\n');
    const { look } = watched();
    writeFileSync(`${path}.new`, '[gateway]\n');
    renameSync(`${path}.new`, path);
    expect(look()).toBe(1);
  });

  it('tells of a file that appears, and of one that goes', () => {
    const { look } = watched();
    writeFileSync(path, '[network]\n');
    expect(look()).toBe(1);
    rmSync(path);
    expect(look()).toBe(1);
  });

  it('tells of a file that appears together with its folder', () => {
    path = join(folder, 'mounted', 'config.toml');
    const { look } = watched();
    expect(look()).toBe(0);
    mkdirSync(join(folder, 'mounted'));
    writeFileSync(path, '[network]\n');
    expect(look()).toBe(1);
    expect(look()).toBe(0);
  });

  it('tells of another version of a mounted ConfigMap', () => {
    const version = (name: string) => {
      mkdirSync(join(folder, name));
      writeFileSync(join(folder, name, 'config.toml'), '[network]\n');
      symlinkSync(name, join(folder, '..data_tmp'));
      renameSync(join(folder, '..data_tmp'), join(folder, '..data'));
    };
    version('..first');
    symlinkSync(join('..data', 'config.toml'), path);
    const { look } = watched();
    expect(look()).toBe(0);
    version('..second');
    expect(look()).toBe(1);
    expect(look()).toBe(0);
  });

  describe('that is looked for upwards', () => {
    const upwards = () => locateConfigFile({ cwd: join(folder, 'a', 'b') });
    const write = (...at: string[]) => {
      const file = join(folder, ...at, 'config.toml');
      writeFileSync(file, '[network]\n');
      return file;
    };
    beforeEach(() => mkdirSync(join(folder, 'a', 'b'), { recursive: true }));

    it('is noticed where there was none anywhere', () => {
      const { source, look } = watched(upwards);
      expect(look()).toBe(0);
      const file = write('a');
      expect(look()).toBe(1);
      expect(source.path).toBe(file);
      expect(source.read()).toMatchObject({ path: file });
    });

    it('gives way to a nearer one', () => {
      write();
      const { source, look } = watched(upwards);
      const nearer = write('a', 'b');
      expect(look()).toBe(1);
      expect(source.path).toBe(nearer);
    });

    it('stays the one when it goes, also where another lies further up', () => {
      write();
      const file = write('a');
      const { source, look } = watched(upwards);
      rmSync(file);
      expect(look()).toBe(1);
      expect(source.path).toBe(file);
      expect(source.read()).toBeUndefined();
      write('a');
      expect(look()).toBe(1);
    });
  });

  it('tells nothing after the end', () => {
    const { look, stop } = watched();
    stop();
    writeFileSync(path, '[network]\n');
    expect(look()).toBe(0);
  });
});
