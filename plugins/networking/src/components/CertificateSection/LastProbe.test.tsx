import type {
  ExposureHost,
  ProbeFacts,
} from 'backstage-plugin-networking-common';
import { goodTls, live } from '../../../dev/fake';
import { renderWithTexts } from '../../__testUtils__/renderWithTexts';
import { LastProbe } from './LastProbe';

const hostWith = (
  tls: Partial<NonNullable<ProbeFacts['tls']>>,
): ExposureHost => ({
  host: 'shop.example.com',
  verdict: live(),
  tls: goodTls(),
  way: [],
  probe: {
    host: 'shop.example.com',
    address: '192.0.2.20',
    port: 443,
    path: '/',
    at: '2026-11-23T12:00:00Z',
    durationMs: 4,
    tls: { verified: true, protocol: 'TLSv1.3', ...tls },
    http: { status: 200 },
  },
});

const textOf = (host: ExposureHost) =>
  renderWithTexts(<LastProbe host={host} />).container.textContent;

it('tells cipher and key exchange where a probe has seen them', () => {
  expect(
    textOf(hostWith({ cipher: 'TLS_AES_128_GCM_SHA256', group: 'X25519' })),
  ).toContain('TLS_AES_128_GCM_SHA256, X25519');
});

it('tells that browsers were refused, and by which code', () => {
  const text = textOf(
    hostWith({
      refused: { offer: 'chromium', code: 'ERR_SSL_SOME_ALERT' },
    }),
  );
  expect(text).toMatch(
    /refused with what Chrome and Edge .*ERR_SSL_SOME_ALERT/,
  );
  expect(text).toContain('200 in 4 ms');
});

it('says nothing of either where a probe of before did not tell', () => {
  expect(textOf(hostWith({}))).not.toMatch(/Cipher|Browser handshake/);
});

it.each([
  [443, '/login', false, 'https://shop.example.com/login'],
  [30443, '/', true, 'https://shop.example.com:30443/, with a query'],
])(
  'tells where an answer redirects to: port %s',
  (port, path, hasQuery, told) => {
    const host = hostWith({});
    host.probe!.http = {
      status: 302,
      redirect: {
        scheme: 'https',
        host: 'shop.example.com',
        port,
        path,
        hasQuery,
      },
    };
    expect(textOf(host)).toContain(`Redirects to${told}`);
  },
);
