import { isMendedByEditing, REASON_GROUPS, traitsOf } from '.';

describe('reasons', () => {
  const all = REASON_GROUPS.flatMap(group => Object.entries(group));

  it('mean the same wherever they are declared', () => {
    for (const [reason, traits] of all) {
      expect([reason, traitsOf(reason)]).toEqual([reason, traits]);
    }
  });

  it('are constants in UpperCamelCase', () => {
    for (const [reason] of all) expect(reason).toMatch(/^([A-Z][a-z]*)+$/);
  });

  it('are declared, or nothing follows from them', () => {
    expect(traitsOf('NoSuchReason')).toBeUndefined();
    expect(traitsOf('constructor')).toBeUndefined();
  });
});

describe('editing is the way out', () => {
  const reader = { is: 'reader' } as const;

  it.each([
    ['of a Service that is not there', 'ServiceMissing', reader, true],
    [
      'not of a certificate that the platform serves',
      'ListenerTlsInvalid',
      reader,
      false,
    ],
    [
      'not where somebody else has to act',
      'ServiceMissing',
      { is: 'platform' },
      false,
    ],
    ['not where nobody is named', 'ServiceMissing', undefined, false],
  ] as const)('%s', (_, reason, actor, expected) => {
    expect(isMendedByEditing({ reason, actor })).toBe(expected);
  });
});
