import { judge, summary, type World } from './__testUtils__/world';
import type { CertificateSummary } from '../certificates/types';
import type { ProbeFacts, TlsWord, VerdictWord } from './types';

type Tls = NonNullable<ProbeFacts['tls']>;

const CODE = 'ERR_SSL_SSL/TLS_ALERT_HANDSHAKE_FAILURE';

/** Only all of OpenSSL got through, and settled on this. */
const refused =
  (settled: Partial<Tls>, status = 200) =>
  (world: World) => {
    world.probe!.tls = {
      ...world.probe!.tls!,
      protocol: 'TLSv1.3',
      cipher: 'TLS_AES_128_GCM_SHA256',
      group: 'X25519',
      refused: { offer: 'chromium', code: CODE },
      ...settled,
    };
    world.probe!.http = { status };
  };

/** The same certificate is issued and served, with this key. */
const withKey =
  (key: CertificateSummary['key'], settled: Partial<Tls> = {}) =>
  (world: World) => {
    const leaf = summary({ key });
    world.certificate!.leaf = leaf;
    refused({ leaf, chain: [leaf], ...settled })(world);
  };

describe('a handshake that browsers are refused', () => {
  const cases: Record<
    string,
    {
      change: (world: World) => void;
      word: VerdictWord;
      tls: TlsWord;
      reason: string;
      kind: string;
      lacks?: string;
      params?: object;
    }
  > = {
    'is Broken by an Ed25519 key, though others are answered': {
      change: withKey({ algorithm: 'Ed25519' }),
      word: 'Broken',
      tls: 'Bad',
      reason: 'CertificateKeyRefused',
      kind: 'Certificate',
      lacks: 'TlsHandshakeRefusedByBrowsers',
    },
    'is Degraded by a P-521 key, which Firefox takes': {
      change: withKey({ algorithm: 'EC', curve: 'P-521' }),
      word: 'Degraded',
      tls: 'Degraded',
      reason: 'CertificateKeyRefused',
      kind: 'Certificate',
      lacks: 'TlsHandshakeRefusedByBrowsers',
    },
    'is Broken by TLS 1.1': {
      change: refused({ protocol: 'TLSv1.1', cipher: 'ECDHE-RSA-AES128-SHA' }),
      word: 'Broken',
      tls: 'Bad',
      reason: 'TlsHandshakeRefusedByBrowsers',
      kind: 'Gateway',
      params: {
        listener: 'https',
        holder: { kind: 'Gateway', name: 'idp-gateway' },
        isAll: true,
        settled: { part: 'protocol', value: 'TLSv1.1' },
      },
    },
    'is Broken by a cipher that no browser offers': {
      change: refused({
        protocol: 'TLSv1.2',
        cipher: 'ECDHE-RSA-AES128-SHA256',
      }),
      word: 'Broken',
      tls: 'Bad',
      reason: 'TlsHandshakeRefusedByBrowsers',
      kind: 'Gateway',
      params: {
        isAll: true,
        settled: { part: 'cipher', value: 'ECDHE-RSA-AES128-SHA256' },
      },
    },
    'is Degraded by a cipher that Firefox and Safari offer': {
      change: refused({
        protocol: 'TLSv1.2',
        cipher: 'ECDHE-ECDSA-AES128-SHA',
      }),
      word: 'Degraded',
      tls: 'Degraded',
      reason: 'TlsHandshakeRefusedByBrowsers',
      kind: 'Gateway',
      params: { families: ['chromium'], isAll: false },
    },
    'is Degraded by the group P-521': {
      change: refused({ group: 'P-521' }),
      word: 'Degraded',
      tls: 'Degraded',
      reason: 'TlsHandshakeRefusedByBrowsers',
      kind: 'Gateway',
      params: { settled: { part: 'group', value: 'P-521' } },
    },
    'is Degraded where nothing tells why': {
      change: refused({}),
      word: 'Degraded',
      tls: 'Degraded',
      reason: 'TlsHandshakeRefusedByBrowsers',
      kind: 'Gateway',
    },
    'is Degraded where nothing is known of what was settled on': {
      change: refused({
        protocol: undefined,
        cipher: undefined,
        group: undefined,
      }),
      word: 'Degraded',
      tls: 'Degraded',
      reason: 'TlsHandshakeRefusedByBrowsers',
      kind: 'Gateway',
    },
    'leaves the verdict to what is worse': {
      change: refused({ group: 'P-521' }, 500),
      word: 'Broken',
      tls: 'Degraded',
      reason: 'AnswersError',
      kind: 'HTTPRoute',
    },
  };

  it.each(Object.entries(cases))(
    '%s',
    (_, { change, word, tls, reason, kind, lacks, params = {} }) => {
      const { verdict, tls: status, findings } = judge(change);
      const { finding } = verdict;
      expect([verdict.word, status.word, finding.reason]).toEqual([
        word,
        tls,
        reason,
      ]);
      expect(finding.subject.kind).toBe(kind);
      expect(finding.params ?? {}).toMatchObject(params);
      expect(findings.map(one => one.reason)).not.toContain(lacks);
    },
  );

  it('names the listener as the field, and what was seen', () => {
    const { finding } = judge(refused({ group: 'X448' })).verdict;
    expect(finding.subject.field).toBe('spec.listeners[https]');
    expect(finding.details).toMatchObject({
      code: CODE,
      group: 'X448',
      refusedBy: 'chromium, firefox, safari, go',
    });
  });

  it('is said of no probe that does not tell, as of one of before', () => {
    const { verdict } = judge(world => {
      world.probe!.tls = {
        ...world.probe!.tls!,
        protocol: 'TLSv1.1',
      };
    });
    expect([verdict.word, verdict.finding.reason]).toEqual([
      'Live',
      'Answered',
    ]);
  });
});
