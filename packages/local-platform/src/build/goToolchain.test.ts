import {
  checkGo,
  goEnv,
  parseGoVersion,
  readGoEnvironment,
  requiredGoVersion,
} from './goToolchain';

describe('parseGoVersion', () => {
  const cases: Record<string, number[] | undefined> = {
    'go1.26.8': [1, 26, 8],
    '1.26.0': [1, 26, 0],
    'go1.27rc1': [1, 27, 0],
    'devel go1.28-abcdef1 Mon': [1, 28, 0],
    'go1.26.8 X:nocoverageredesign': [1, 26, 8],
    gccgo: undefined,
  };
  it.each(Object.entries(cases))('reads %s', (text, version) => {
    expect(parseGoVersion(text)).toEqual(version);
  });
});

describe('requiredGoVersion', () => {
  it('reads the go line', () => {
    expect(
      requiredGoVersion('module a\n\ngo 1.26.0\n\ntoolchain go1.27.0\n'),
    ).toBe('1.26.0');
  });
  it('refuses a file without one', () => {
    expect(() => requiredGoVersion('module a\n')).toThrow('no go line');
  });
});

describe('checkGo for a module that asks for 1.26.0', () => {
  const check = (GOVERSION: string, GOTOOLCHAIN: string) => () =>
    checkGo({ GOVERSION, GOTOOLCHAIN }, '1.26.0');

  const taken: Record<string, [version: string, toolchain: string]> = {
    'the same version': ['go1.26.0', 'local'],
    'a later patch': ['go1.26.8', 'local'],
    'a later minor version': ['go1.27rc1', 'local'],
    'an older Go that may fetch': ['go1.21.0', 'auto'],
    'an older Go that may use what is on PATH': ['go1.24.3', 'path'],
    'an older Go with a lower bound that may fetch': [
      'go1.24.3',
      'go1.25.0+auto',
    ],
  };
  it.each(Object.entries(taken))('takes %s', (_, [version, toolchain]) => {
    expect(check(version, toolchain)).not.toThrow();
  });

  const refused: Record<
    string,
    [version: string, toolchain: string, sentence: RegExp]
  > = {
    'an older Go that may not fetch': [
      'go1.25.9',
      'local',
      /^Go 1\.25\.9 is older than the 1\.26\.0 .*GOTOOLCHAIN=local.*install Go 1\.26\.0, or set GOTOOLCHAIN=auto\.$/,
    ],
    'an older Go that is pinned to a version': [
      'go1.25.9',
      'go1.25.9',
      /GOTOOLCHAIN=go1\.25\.9/,
    ],
    'a Go that cannot fetch, whatever is set': [
      'go1.20.14',
      'auto',
      /^Go 1\.20\.14 is too old .*install Go 1\.26\.0 or newer\.$/,
    ],
    'what says no version': [
      'unknown',
      'auto',
      /not understood \(unknown\).*install Go/,
    ],
  };
  it.each(Object.entries(refused))(
    'refuses %s',
    (_, [version, toolchain, sentence]) => {
      expect(check(version, toolchain)).toThrow(sentence);
    },
  );
});

describe('goEnv', () => {
  it('drops what would build for another machine and keeps the proxy', () => {
    expect(
      goEnv({ GOOS: 'windows', GOARCH: 'arm64', GOPROXY: 'off', GOWORK: '/w' }),
    ).toEqual({
      GOPROXY: 'off',
      GOWORK: 'off',
    });
  });
});

describe('readGoEnvironment', () => {
  it('says in one sentence that Go is missing, with both ways on', async () => {
    await expect(readGoEnvironment({ PATH: '/nowhere' })).rejects.toThrow(
      /^Go is not installed, .*install Go 1\.26 or newer.*--kubeconfig F --context C`\.$/,
    );
  });
});
