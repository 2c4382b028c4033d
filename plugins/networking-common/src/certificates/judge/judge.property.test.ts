import fc from 'fast-check';
import type { TlsWord } from '../../verdicts/types';
import {
  all,
  at,
  both,
  condition,
  healthy,
  NOW,
  rekeyed,
  unissued,
  unread,
  unserved,
  unverified,
  type World,
} from '../__testUtils__/facts';
import { notificationState } from '../notifications';
import { judgeCertificate, type CertificateQuestion } from '.';

const RANK: Record<TlsWord, number> = {
  Good: 0,
  Degraded: 1,
  Unknown: 2,
  None: 3,
  Bad: 4,
};

const time = fc
  .integer({ min: -500 * 86_400, max: 500 * 86_400 })
  .map(seconds => at(`${seconds}s`));

const change = fc.oneof(
  fc.constantFrom<(world: World) => void>(
    rekeyed,
    unserved,
    unissued,
    unread,
    unverified(),
    unverified('CERT_HAS_EXPIRED'),
    world => {
      world.role = 'ca';
    },
    ({ facts }) => {
      facts.certificate.failedIssuanceAttempts = 3;
    },
    ({ facts }) => {
      facts.certificate.conditions = [condition('Issuing', 'True')];
    },
    ({ facts }) => {
      facts.rivals = [{ kind: 'Certificate', namespace: 'a', name: 'b' }];
    },
    ({ served, facts }) => {
      served.leaf = facts.earlier![0].leaf;
    },
  ),
  fc.record({ notBefore: time, notAfter: time }).map(both),
  time.map(renewalTime => ({ facts }: World) => {
    facts.certificate.renewalTime = renewalTime;
  }),
  time.map(notAfter => ({ facts }: World) => {
    facts.chainNotAfter = notAfter;
  }),
);

const world = fc.array(change, { maxLength: 4 }).map(changes => {
  const made = healthy();
  // What one of them takes away another may want to change.
  for (const one of changes) {
    try {
      one(made);
    } catch {
      // Then it stays away.
    }
  }
  return made;
});

describe('whatever is known of a certificate', () => {
  it('a certificate is never good, nor degraded, once it or what it hangs on has ended', () => {
    fc.assert(
      fc.property(world, time, (made, now) => {
        const { served, facts } = made as CertificateQuestion;
        const isIssued =
          !served?.leaf ||
          made.role === 'ca' ||
          served.leaf.fingerprintSha256 === facts.leaf?.fingerprintSha256;
        const leaf =
          made.role === 'ca' ? facts.leaf : served?.leaf ?? facts.leaf;
        const ends = [
          leaf ? leaf.notAfter : facts.certificate?.notAfter,
          isIssued ? facts.chainNotAfter : undefined,
        ];
        const hasEnded = ends.some(
          end => end !== undefined && Date.parse(end) <= Date.parse(now),
        );
        fc.pre(hasEnded);
        const { word, findings } = judgeCertificate({ ...made, now });
        expect(word).toBe('Bad');
        expect(notificationState(findings)).toBe('expired');
      }),
      { numRuns: 500 },
    );
  });

  it('a certificate only gets worse as its end comes nearer', () => {
    fc.assert(
      fc.property(
        fc.record({ notAfter: time, chainNotAfter: time }),
        time,
        time,
        ({ notAfter, chainNotAfter }, one, other) => {
          const made = healthy();
          both({ notBefore: at('-500d'), notAfter })(made);
          made.facts.chainNotAfter = chainNotAfter;
          made.facts.certificate.renewalTime = undefined;
          const [earlier, later] = [one, other].sort();
          const [before, after] = [earlier, later].map(
            now => RANK[judgeCertificate({ ...made, now }).word],
          );
          expect(after).toBeGreaterThanOrEqual(before);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('what is true of its renewal only gets worse, too, as long as nothing is done', () => {
    fc.assert(
      fc.property(time, time, time, (renewalTime, one, other) => {
        const made = healthy();
        both({ notBefore: at('-500d'), notAfter: at('500d') })(made);
        made.facts.certificate.renewalTime = renewalTime;
        const [earlier, later] = [one, other].sort();
        const [before, after] = [earlier, later].map(
          now => RANK[judgeCertificate({ ...made, now }).word],
        );
        expect(after).toBeGreaterThanOrEqual(before);
      }),
    );
  });

  it('the word is that of the finding that decides, which is told with the others', () => {
    fc.assert(
      fc.property(world, made => {
        const { word, finding, findings } = judgeCertificate(made);
        expect(word === 'Good').toBe(finding.reason === 'CertificateGood');
        const isTold = findings.some(one => one === finding);
        expect(isTold).toBe(word !== 'Good');
        for (const { message } of findings) {
          expect(message).toMatch(/^[^a-z].*[.]$/s);
          expect(message).not.toMatch(/undefined|NaN|\[object/);
        }
        const trouble = findings.filter(({ severity }) => severity !== 'info');
        for (const { remedy } of trouble)
          expect(remedy).toMatch(/^[A-Z].*\.$/s);
      }),
      { numRuns: 500 },
    );
  });

  it('the order of what is kept, of conditions and of what was served does not matter', () => {
    fc.assert(
      fc.property(world, made => {
        const turned = structuredClone(made) as CertificateQuestion;
        turned.facts.earlier?.reverse();
        turned.facts.certificate?.conditions.reverse();
        turned.facts.issuer?.conditions.reverse();
        turned.facts.chain?.reverse();
        turned.served?.chain?.reverse();
        expect(judgeCertificate(turned)).toEqual(judgeCertificate(made));
      }),
    );
  });

  it('nothing throws, whatever stands in it', () => {
    // IO hands over texts, in which anything may stand; conditions come from a server as they are.
    const text = fc.oneof(
      fc.constantFrom<unknown>(
        undefined,
        '',
        'no time',
        '+275760-09-13T00:00:00Z',
      ),
      fc.string({ maxLength: 8 }),
    );
    const odd = fc.oneof(text, fc.jsonValue({ maxDepth: 2 }));
    const paths = pathsOf(healthy());
    fc.assert(
      fc.property(
        fc.array(
          fc
            .constantFrom(...paths)
            .chain(path =>
              fc.tuple(
                fc.constant(path),
                path.includes('conditions') ? odd : text,
              ),
            ),
          { maxLength: 4 },
        ),
        changes => {
          const made = healthy();
          for (const [path, value] of changes) put(made, path, value);
          const { word } = judgeCertificate(made);
          expect(word).toMatch(/^(Good|Degraded|Unknown|Bad)$/);
        },
      ),
      { numRuns: 3000 },
    );
  });
});

type Path = readonly (string | number)[];

/** Places of words that a server or a certificate holds. Settings are parsed, and are what they say. */
function pathsOf(value: unknown, path: Path = []): Path[] {
  if (path[0] === 'settings') return [];
  if (typeof value !== 'object' || value === null) return [path];
  return Object.entries(value).flatMap(([key, item]) =>
    pathsOf(item, [...path, key]),
  );
}

function put(value: unknown, [key, ...rest]: Path, by: unknown): void {
  const holder = value as Record<string | number, unknown>;
  if (rest.length === 0) holder[key] = by;
  else if (typeof holder[key] === 'object') put(holder[key], rest, by);
}

describe('what people are told', () => {
  const told = (...changes: ((made: World) => void)[]) => {
    const made = healthy();
    all(...changes)(made);
    return notificationState(judgeCertificate({ ...made, now: NOW }).findings);
  };
  const due = ({ facts }: World) => {
    facts.certificate.renewalTime = at('-5m');
  };
  const renewing = ({ facts }: World) => {
    facts.certificate.conditions = [condition('Issuing', 'True')];
  };
  const failed = ({ facts }: World) => {
    facts.certificate.lastFailureTime = at('-5m');
  };

  it.each<[string, (made: World) => void, string | undefined]>([
    ['is nothing where nothing is wrong', () => {}, undefined],
    ['is that it is due', due, 'due'],
    [
      'is that it is due, where it ends soon',
      both({ notAfter: at('9d') }),
      'due',
    ],
    ['is nothing while it is renewed', all(due, renewing), undefined],
    [
      'is nothing while it is renewed, though it ends soon',
      all(both({ notAfter: at('9d') }), renewing),
      undefined,
    ],
    [
      'is that it is overdue',
      ({ facts }) => {
        facts.certificate.renewalTime = at('-2d');
      },
      'overdue',
    ],
    ['is that it fails, which is more than due', all(due, failed), 'failing'],
    [
      'is that it is not trusted',
      all(rekeyed, unverified(), failed),
      'untrusted',
    ],
    [
      'is that it has expired, before anything else',
      all(both({ notAfter: at('-1s') }), rekeyed, unverified(), failed),
      'expired',
    ],
    [
      'is nothing of one that is issued for the first time',
      unissued,
      undefined,
    ],
    [
      'is nothing of what is not known',
      ({ facts }) => {
        facts.issuer!.conditions = [];
      },
      undefined,
    ],
  ])('%s', (_, change_, state) => {
    expect(told(change_)).toBe(state);
  });
});
