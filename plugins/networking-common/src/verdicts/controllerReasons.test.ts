import { condition, judge, type World } from './__testUtils__/world';
import type { VerdictWord } from './types';

/** What the controller says of the route, of which nothing but this is wrong. */
const said =
  (type: string, status: string, reason: string) =>
  ({ route }: World): void => {
    const [parent] = route.status!.parents!;
    parent.conditions = [
      ...parent.conditions!.filter(known => known.type !== type),
      condition(type, { status, reason, message: 'raw words' }),
    ];
  };

describe('a route that nobody has asked for', () => {
  it.each<[string, string, string, string, VerdictWord, string]>([
    [
      'has the matches of another, to Contour',
      'Accepted',
      'False',
      'RuleMatchConflict',
      'Broken',
      'RuleMatchConflict',
    ],
    [
      'has a backend of a kind of Service that Envoy Gateway does not support',
      'ResolvedRefs',
      'False',
      'UnsupportedValue',
      'Broken',
      'RefUnsupported',
    ],
    [
      'has a backend to which Envoy Gateway cannot set up TLS',
      'ResolvedRefs',
      'False',
      'InvalidBackendTLS',
      'Broken',
      'BackendTlsUnusable',
    ],
    [
      'has several such reasons, of which the first counts',
      'ResolvedRefs',
      'False',
      'UnsupportedValue,InvalidBackendTLS',
      'Broken',
      'RefUnsupported',
    ],
  ])('%s', (_, type, status, reason, word, expected) => {
    const { verdict } = judge(world => {
      said(type, status, reason)(world);
      world.probe = undefined;
    });
    expect(verdict).toMatchObject({
      word,
      finding: {
        reason: expected,
        subject: { kind: 'HTTPRoute', name: 'shop' },
        details: { message: 'raw words' },
      },
    });
  });
});

describe('a route that answers', () => {
  it.each<[string, string, string, string, VerdictWord, string]>([
    [
      'is Degraded where Contour leaves matches out',
      'ValidMatches',
      'False',
      'InvalidPathMatch',
      'Degraded',
      'MatchesInvalid',
    ],
    [
      'is Degraded where it leaves them out for a reason that nothing is known of',
      'ValidMatches',
      'False',
      'Odd',
      'Degraded',
      'MatchesInvalid',
    ],
    [
      'is Degraded where Contour leaves rules out that another route has',
      'PartiallyInvalid',
      'True',
      'RuleMatchPartiallyConflict',
      'Degraded',
      'PartiallyInvalid',
    ],
    [
      'is Degraded where Envoy Gateway leaves rules out for their filters',
      'PartiallyInvalid',
      'True',
      'IncompatibleFilters',
      'Degraded',
      'PartiallyInvalid',
    ],
    [
      'is Live where every match is valid',
      'ValidMatches',
      'True',
      'Valid',
      'Live',
      'Answered',
    ],
  ])('%s', (_, type, status, reason, word, expected) => {
    const { verdict } = judge(said(type, status, reason));
    expect([verdict.word, verdict.finding.reason]).toEqual([word, expected]);
  });
});
