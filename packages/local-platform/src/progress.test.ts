import { formatProgress } from './progress';
import type { Progress } from './progress';

describe('formatProgress', () => {
  const cases: Record<string, [Progress, string]> = {
    'says how many of how many': [
      { what: 'Compiling', done: 812, of: 4204, elapsedMs: 75_400 },
      'Compiling · 812 of 4204 · 75 s',
    ],
    'says just how many where the end is not known': [
      { what: 'Fetching Go modules', done: 3, elapsedMs: 0 },
      'Fetching Go modules · 3 · 0 s',
    ],
    'says no number where nothing is counted': [
      { what: 'Looking', of: 5, elapsedMs: 999 },
      'Looking · 0 s',
    ],
    'counts minutes from two on': [
      { what: 'Linking', done: 0, of: 5, elapsedMs: 574_000 },
      'Linking · 0 of 5 · 9 min 34 s',
    ],
  };
  it.each(Object.entries(cases))('%s', (_, [progress, line]) => {
    expect(formatProgress(progress)).toBe(line);
  });
});
