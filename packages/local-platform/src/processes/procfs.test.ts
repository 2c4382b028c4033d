import { isAlive, parseStat, readStat } from './procfs';

describe('parseStat', () => {
  const fields = (state: string) =>
    `${state} 7 1 1 0 -1 4194560 1 0 0 0 0 0 0 0 20 0 1 0 987654 0 0`;

  it('reads a name with spaces and parentheses', () => {
    expect(parseStat(`42 (a) b (c) ${fields('S')}`)).toEqual({
      state: 'S',
      parent: 7,
      startTime: '987654',
    });
  });
  it.each(['', '42', '42 (a)'])('knows nothing from %j', line => {
    expect(parseStat(line)).toBeUndefined();
  });
});

describe('isAlive', () => {
  it('knows this process, and tells it from another that has the same id', () => {
    const { startTime } = readStat(process.pid)!;
    expect(isAlive(process.pid)).toBe(true);
    expect(isAlive(process.pid, startTime)).toBe(true);
    expect(isAlive(process.pid, '1')).toBe(false);
  });
  it('takes an id that nobody has as gone', () => {
    expect(isAlive(2 ** 30)).toBe(false);
  });
});
