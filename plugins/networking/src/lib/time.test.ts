import { absoluteTime, daysLeftSentence, relativeTime } from './time';

const NOW = Date.parse('2026-11-23T15:00:00Z');

describe('relativeTime', () => {
  it.each([
    ['half a second ago', '2026-11-23T14:59:59.500Z', 'just now'],
    ['twelve seconds ago', '2026-11-23T14:59:48Z', '12 seconds ago'],
    ['a minute and a half ago', '2026-11-23T14:58:30Z', '1 minute ago'],
    ['two hours ago', '2026-11-23T13:00:00Z', '2 hours ago'],
    ['three days ahead', '2026-11-26T15:00:00Z', 'in 3 days'],
    ['no time at all', 'yesterday', undefined],
  ])('says %s', (_, iso, expected) => {
    expect(relativeTime(iso, NOW)).toBe(expected);
  });
});

describe('absoluteTime', () => {
  it('gives back what is no time', () => {
    expect(absoluteTime('soon')).toBe('soon');
  });

  it('writes date and time out', () => {
    expect(absoluteTime('2026-11-23T15:00:05Z')).toContain('November 23, 2026');
  });
});

describe('daysLeftSentence', () => {
  it.each([
    [341, '341 days left'],
    [1, '1 day left'],
    [0, 'less than a day left'],
    [-1, 'expired less than a day ago'],
    [-2, 'expired 1 day ago'],
    [-4, 'expired 3 days ago'],
  ])('says of %d whole days: %s', (days, sentence) => {
    expect(daysLeftSentence(days)).toBe(sentence);
  });
});
