import fc from 'fast-check';
import { labelSelectorMatches, parseLabelSelector } from './labelSelector';

describe('parseLabelSelector', () => {
  it.each([
    ['app=shop', { matchLabels: { app: 'shop' } }],
    ['app==shop', { matchLabels: { app: 'shop' } }],
    [' app = shop , tier=web ', { matchLabels: { app: 'shop', tier: 'web' } }],
    ['app=', { matchLabels: { app: '' } }],
    [
      'app.kubernetes.io/part-of=argocd',
      { matchLabels: { 'app.kubernetes.io/part-of': 'argocd' } },
    ],
    [
      'tier!=web',
      {
        matchExpressions: [{ key: 'tier', operator: 'NotIn', values: ['web'] }],
      },
    ],
    [
      'tier in (web, api),env notin (dev),canary,!old',
      {
        matchExpressions: [
          { key: 'tier', operator: 'In', values: ['web', 'api'] },
          { key: 'env', operator: 'NotIn', values: ['dev'] },
          { key: 'canary', operator: 'Exists' },
          { key: 'old', operator: 'DoesNotExist' },
        ],
      },
    ],
    [
      'app=a,app=b',
      {
        matchLabels: { app: 'a' },
        matchExpressions: [{ key: 'app', operator: 'In', values: ['b'] }],
      },
    ],
  ])('reads %s', (text, selector) => {
    expect(parseLabelSelector(text)).toEqual(selector);
  });

  it.each([
    ['an empty text, which would select everything', ''],
    ['blanks', '  '],
    ['an empty requirement', 'app=shop,'],
    ['an open parenthesis', 'tier in (web'],
    ['an unknown operator', 'tier>3'],
    ['a key with a blank', 'my app=shop'],
    ['a value that no label can have', 'app=-shop'],
    ['a value with a slash', 'app=a/b'],
    ['a value in a set that no label can have', 'app in (a b)'],
  ])('refuses %s', (_, text) => {
    expect(parseLabelSelector(text)).toBeUndefined();
  });
});

describe('labelSelectorMatches', () => {
  it.each<[string, Record<string, string> | undefined, boolean]>([
    ['app=shop', { app: 'shop', tier: 'web' }, true],
    ['app=shop', { app: 'other' }, false],
    ['app=shop', undefined, false],
    ['app=shop,tier=web', { app: 'shop' }, false],
    ['app!=shop', { app: 'other' }, true],
    ['app!=shop', {}, true],
    ['app!=shop', { app: 'shop' }, false],
    ['tier in (web,api)', { tier: 'api' }, true],
    ['tier in (web,api)', { tier: 'db' }, false],
    ['tier in (web,api)', {}, false],
    ['tier notin (web)', {}, true],
    ['canary', { canary: '' }, true],
    ['canary', {}, false],
    ['!canary', {}, true],
    ['!canary', { canary: 'yes' }, false],
    ['constructor', {}, false],
  ])('%s over %j is %s', (text, labels, expected) => {
    const selector = parseLabelSelector(text);
    expect(selector && labelSelectorMatches(selector, labels)).toBe(expected);
  });

  it('selects everything without requirements, and nothing by an unknown operator', () => {
    expect(labelSelectorMatches({}, {})).toBe(true);
    expect(
      labelSelectorMatches(
        { matchExpressions: [{ key: 'a', operator: 'Gt', values: ['1'] }] },
        { a: '2' },
      ),
    ).toBe(false);
  });

  it('is false or true for whatever JSON stands in its place', () => {
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.constantFrom('matchLabels', 'matchExpressions'),
          fc.jsonValue(),
        ),
        fc.dictionary(fc.string(), fc.string()),
        (selector, labels) => {
          expect(typeof labelSelectorMatches(selector, labels)).toBe('boolean');
        },
      ),
    );
  });

  it('parses any text without failing', () => {
    fc.assert(
      fc.property(fc.string(), text => {
        const read = () =>
          labelSelectorMatches(parseLabelSelector(text) ?? {}, {});
        expect(read).not.toThrow();
      }),
    );
  });
});
