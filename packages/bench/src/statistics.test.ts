import { median, percentile } from './statistics';

describe('median', () => {
  it.each([
    ['of one value is that value', [4], 4],
    ['of an odd number of values is the middle one', [9, 1, 5], 5],
    [
      'of an even number of values lies between the middle two',
      [4, 1, 2, 9],
      3,
    ],
  ])('%s', (_, values, expected) => {
    expect(median(values)).toBe(expected);
  });

  it('leaves its input in order', () => {
    const values = [3, 1, 2];
    median(values);
    expect(values).toEqual([3, 1, 2]);
  });
});

describe('percentile', () => {
  const tens = [10, 20, 30, 40, 50, 60, 70, 80, 90, 100];

  it.each([
    ['the 90th of ten values is the ninth', tens, 0.9, 90],
    ['the 91st of ten values is the last', tens, 0.91, 100],
    ['the 0th is the smallest', tens, 0, 10],
    ['the 90th of three values is the last', [3, 1, 2], 0.9, 3],
  ])('%s', (_, values, share, expected) => {
    expect(percentile(values, share)).toBe(expected);
  });
});
