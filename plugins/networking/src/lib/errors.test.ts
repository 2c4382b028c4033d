import { finding, refusal } from '../../dev/fake';
import {
  failureFindings,
  failureKind,
  failureMessage,
  isAbort,
} from './errors';

describe('failureKind', () => {
  it.each([
    ['a refusal', refusal(403, 'NotAllowedError', 'no'), 'forbidden'],
    ['what is not visible', refusal(404, 'NotFoundError', 'no'), 'notFound'],
    ['a conflict', refusal(409, 'ConflictError', 'no'), 'conflict'],
    [
      'a name that is not known, by its status',
      refusal(403, 'Teapot', 'no'),
      'forbidden',
    ],
    ['a failing backend', refusal(500, 'Error', 'no'), 'error'],
    ['no connection', new TypeError('Failed to fetch'), 'error'],
    ['what is no error', 'text', 'error'],
  ])('tells %s', (_, error, kind) => {
    expect(failureKind(error)).toBe(kind);
  });
});

it('shows the sentence of the backend, not the prefix of the client', () => {
  expect(
    failureMessage(refusal(409, 'ConflictError', 'The plan has changed.')),
  ).toBe('The plan has changed.');
  expect(failureMessage(new Error('Failed to fetch'))).toBe('Failed to fetch');
});

it('reads the findings of a refused write', () => {
  const taken = finding('HostTaken', 'Taken.');
  expect(failureFindings(refusal(409, 'ConflictError', 'no', [taken]))).toEqual(
    [taken],
  );
  expect(failureFindings(new Error('no'))).toEqual([]);
});

it('knows an abort', () => {
  expect(isAbort(Object.assign(new Error(), { name: 'AbortError' }))).toBe(
    true,
  );
  expect(isAbort(new Error())).toBe(false);
});
