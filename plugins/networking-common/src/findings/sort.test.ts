import type { Severity } from '../verdicts/types';
import { blockingFindings, listInWords, sortFindings } from './sort';

const finding = (reason: string, severity: Severity) => ({
  reason,
  severity,
  message: '',
  subject: { kind: 'Host', name: 'a' },
});

describe('findings', () => {
  const list = [
    finding('a', 'info'),
    finding('b', 'blocking'),
    finding('c', 'warning'),
    finding('d', 'error'),
    finding('e', 'blocking'),
  ];

  it('sort worst first and keep their order otherwise', () => {
    expect(sortFindings(list).map(({ reason }) => reason)).toEqual([
      'b',
      'e',
      'd',
      'c',
      'a',
    ]);
  });

  it('block where they are blocking', () => {
    expect(blockingFindings(list).map(({ reason }) => reason)).toEqual([
      'b',
      'e',
    ]);
  });
});

describe('listInWords', () => {
  it.each<[string[], string]>([
    [[], ''],
    [['a'], 'a'],
    [['a', 'b'], 'a and b'],
    [['a', 'b', 'c'], 'a, b and c'],
  ])('joins %j', (items, text) => {
    expect(listInWords(items)).toBe(text);
  });
});
