import { ClusterError } from './errors';

type Outcome = ConstructorParameters<typeof ClusterError>[1];

const CASES: Record<string, { outcome: Outcome; expected: boolean }> = {
  'it timed out': { outcome: { code: 'ETIMEDOUT' }, expected: true },
  'the connection was reset': {
    outcome: { code: 'ECONNRESET' },
    expected: true,
  },
  'the answer was cut off or no answer at all': {
    outcome: { code: 'EBADMSG' },
    expected: true,
  },
  'the server failed': { outcome: { httpStatus: 500 }, expected: true },
  'the server timed out': { outcome: { httpStatus: 504 }, expected: true },
  'nobody listened': { outcome: { code: 'ECONNREFUSED' }, expected: false },
  'the server has no address': {
    outcome: { code: 'ENOTFOUND' },
    expected: false,
  },
  'it was refused': { outcome: { httpStatus: 403 }, expected: false },
  'it came too early': { outcome: { httpStatus: 429 }, expected: false },
};

describe('a failed request may have been carried out', () => {
  it.each(Object.entries(CASES))('or not: %s', (_, { outcome, expected }) => {
    const error = new ClusterError(
      { cluster: 'local', verb: 'patch', resource: 'httproutes' },
      outcome,
    );
    expect(error.mayHaveTakenEffect).toBe(expected);
  });
});
