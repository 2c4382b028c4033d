import { english } from '../__testUtils__/english';
import { absoluteTime, durationText, lifeText, relativeTime } from './time';

const NOW = Date.parse('2026-11-23T15:00:00Z');

describe('relativeTime', () => {
  it.each([
    ['half a second ago', '2026-11-23T14:59:59.500Z', 'just now'],
    ['twelve seconds ago', '2026-11-23T14:59:48Z', '12 seconds ago'],
    ['a minute and a half ago', '2026-11-23T14:58:30Z', '1 minute ago'],
    ['two hours ago', '2026-11-23T13:00:00Z', '2 hours ago'],
    ['three days ahead', '2026-11-26T15:00:00Z', 'in 3 days'],
    ['sixty days ahead', '2027-01-22T15:00:00Z', 'in 60 days'],
    ['what is further away', '2027-01-22T15:00:01Z', undefined],
    ['no time at all', 'yesterday', undefined],
  ])('says %s', (_, iso, expected) => {
    expect(relativeTime(english, iso, NOW)).toBe(expected);
  });
});

describe('absoluteTime', () => {
  it('gives back what is no time', () => {
    expect(absoluteTime('soon')).toBe('soon');
  });

  it('writes date and time out, with the time zone', () => {
    expect(absoluteTime('2026-11-23T15:00:05Z')).toMatch(
      /^November 23, 2026 .*(UTC|GMT)/,
    );
  });
});

describe('lifeText', () => {
  it.each([
    [60, '60 days left'],
    [341, 'valid until Oct 30, 2027'],
    [1, '1 day left'],
    [0, 'less than a day left'],
    [-1, 'expired less than a day ago'],
    [-2, 'expired 1 day ago'],
    [-4, 'expired 3 days ago'],
  ])('says of %d whole days: %s', (days, sentence) => {
    expect(lifeText(english, days, '2027-10-30T12:00:00Z')).toBe(sentence);
  });

  it('counts days where no date is known', () => {
    expect(lifeText(english, 341)).toBe('341 days left');
  });
});

describe('durationText', () => {
  it.each([
    ['720h0m0s', '30 days'],
    ['24h', '1 day'],
    ['36h0m', '36 hours'],
    ['1h0m0s', '1 hour'],
    ['90m', '90m'],
    ['1h30m0s', '1h30m0s'],
  ])('tells %s as %s', (text, told) => {
    expect(durationText(english, text)).toBe(told);
  });
});
