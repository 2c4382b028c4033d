import { own, plan, type PlanCase } from './__testUtils__/planning';

const there = () => {
  const route = own();
  return { ...route, metadata: { ...route.metadata, uid: 'uid-1' } };
};

const CASES: Record<string, [PlanCase, string[]]> = {
  'nothing is said, and it is not there': [{}, []],
  'nothing is said, and it is there': [{ add: [there()] }, []],
  'it is to be added, and is not there': [
    { request: { intent: 'create' } },
    [],
  ],
  'it is to be added, and is there, exactly so': [
    { request: { intent: 'create' }, add: [there()] },
    ['AlreadyExposed hostLabel'],
  ],
  'nor does replace make a change of an addition': [
    { request: { intent: 'create', replace: true }, add: [there()] },
    ['AlreadyExposed hostLabel'],
  ],
  'nor the uid': [
    { request: { intent: 'create', uid: 'uid-1' }, add: [there()] },
    ['AlreadyExposed hostLabel'],
  ],
  'nor does taking over': [
    {
      request: { intent: 'create', takeOwnership: true },
      add: [own(undefined, { labels: {} })],
    },
    ['AlreadyExposed hostLabel'],
  ],
  'it is to be changed, and is there': [
    { request: { intent: 'update' }, add: [there()] },
    [],
  ],
  'it is to be changed, and is the one that was shown': [
    { request: { intent: 'update', uid: 'uid-1' }, add: [there()] },
    [],
  ],
  'it is to be changed, and another one is there': [
    { request: { intent: 'update', uid: 'uid-2' }, add: [there()] },
    ['RouteReplaced uid'],
  ],
  'another one is there than the one that was shown': [
    { request: { uid: 'uid-2' }, add: [there()] },
    ['RouteReplaced uid'],
  ],
  'it is to be changed, and is not there': [
    { request: { intent: 'update' } },
    ['ExposureMissing hostLabel'],
  ],
  'the one that was shown is not there': [
    { request: { uid: 'uid-1' } },
    ['ExposureMissing hostLabel'],
  ],
};

describe('whether a request adds or changes', () => {
  it.each(Object.entries(CASES))('%s', (_, [one, expected]) => {
    const { findings } = plan(one);
    expect(
      findings.map(({ reason, severity, subject }) => {
        expect(severity).toBe('blocking');
        return `${reason} ${subject.field}`;
      }),
    ).toEqual(expected);
  });

  it('names the way to what is there already', () => {
    const [{ remedy }] = plan({
      request: { intent: 'create' },
      add: [there()],
    }).findings;
    expect(remedy).toContain('Edit https://shop.');
    expect(remedy).toContain('intent: update');
  });
});
