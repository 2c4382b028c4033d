import { english } from '../__testUtils__/english';
import { validityOf } from './validity';

const NOW = Date.parse('2026-11-25T12:00:00Z');
const DAY = 86_400_000;
const after = (days: number) => new Date(NOW + days * DAY).toISOString();

const of = (begin: number, end: number, renewal?: number) =>
  validityOf(
    english,
    {
      notBefore: after(begin),
      notAfter: after(end),
      ...(renewal !== undefined && { renewalTime: after(renewal) }),
    },
    NOW,
  );

const kinds = (validity: ReturnType<typeof of>) =>
  validity?.marks.map(({ kind }) => kind);

it.each([
  {
    what: 'is in the midst of its life',
    validity: of(-65, 300, 270),
    state: 'valid',
    marks: ['begin', 'today', 'renewal', 'end'],
    says: /^Valid from Sep 21, 2026 until Sep 21, 2027; renews on Aug 22, 2027\.$/,
  },
  {
    what: 'is not renewed by anybody',
    validity: of(-50, 50),
    state: 'valid',
    marks: ['begin', 'today', 'end'],
    says: /^Valid from .*, 50 days ago until .*, in 50 days\.$/,
  },
  {
    what: 'should have been renewed',
    validity: of(-355, 10, -20),
    state: 'renewalDue',
    marks: ['begin', 'renewal', 'today', 'end'],
    says: /until .*, in 10 days; renewal was due on .*, 20 days ago\.$/,
  },
  {
    what: 'has expired',
    validity: of(-365, -3, -33),
    state: 'expired',
    marks: ['begin', 'renewal', 'end', 'today'],
    says: /^Expired on .*, 3 days ago; valid from/,
  },
  {
    what: 'has not begun',
    validity: of(2, 367, 337),
    state: 'notYetValid',
    marks: ['today', 'begin', 'renewal', 'end'],
    says: /^Not valid yet: from .*, in 2 days until/,
  },
  {
    what: 'has the renewal of another life',
    validity: of(-1, 364, -50),
    state: 'valid',
    marks: ['begin', 'today', 'end'],
    says: /until Nov 24, 2027\.$/,
  },
])('shows what $what', ({ validity, state, marks, says }) => {
  expect(validity?.state).toBe(state);
  expect(kinds(validity)).toEqual(marks);
  expect(validity?.sentence).toMatch(says);
});

it('tells a short life by the time of the day', () => {
  const validity = of(-1 / 24, 1 / 24, 1 / 48);
  expect(validity?.marks.find(({ kind }) => kind === 'end')?.text).toMatch(
    /\d:\d\d.*, in 1 hour$/,
  );
  expect(validity?.marks.find(({ kind }) => kind === 'today')?.title).toBe(
    'Now',
  );
});

it('has a place on the bar for every mark, whenever now is', () => {
  for (let begin = -500; begin <= 500; begin += 37) {
    for (const length of [0.01, 1, 90, 3_650]) {
      for (const renewal of [undefined, 0.2, 0.9]) {
        const validity = of(
          begin,
          begin + length,
          renewal && begin + renewal * length,
        );
        const places = validity?.marks.map(({ place }) => place) ?? [];
        expect(places.length).toBeGreaterThanOrEqual(3);
        expect(places).toEqual([...places].sort((a, b) => a - b));
        expect(places[0]).toBe(0);
        expect(places[places.length - 1]).toBe(1);
      }
    }
  }
});

it.each([
  ['no time', 'never'],
  ['an end before the beginning', after(-1)],
])('shows nothing of %s', (_, notAfter) => {
  expect(
    validityOf(english, { notBefore: after(0), notAfter }, NOW),
  ).toBeUndefined();
});
