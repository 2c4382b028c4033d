import { durationInWords, msSince } from './words';

describe('the time since', () => {
  const now = Date.parse('2026-11-23T12:00:00Z');

  it.each([
    ['2026-11-23T11:59:58.400Z', 1_000, '1 second'],
    ['2026-11-23T11:57:01Z', 120_000, '2 minutes'],
    ['2026-11-22T11:00:00Z', 86_400_000, '1 day'],
    ['2026-11-23T12:00:09Z', 0, '0 seconds'],
  ])('%s changes as its words do', (since, expected, words) => {
    const ms = msSince(since, now);
    expect(ms).toBe(expected);
    expect(durationInWords(ms!)).toBe(words);
  });

  it.each([undefined, '', 'soon'])('%s is not known', since => {
    expect(msSince(since, now)).toBeUndefined();
  });
});
