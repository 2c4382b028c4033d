import type { ProbeFacts } from 'backstage-plugin-networking-common';
import { isGood, outcomeOf } from './outcome';

const good: ProbeFacts = {
  host: 'shop.example.com',
  address: '127.0.0.1',
  port: 443,
  path: '/',
  at: '2026-11-23T12:00:00Z',
  durationMs: 4,
  tls: { verified: true },
  http: { status: 200 },
};

const refused: ProbeFacts = {
  ...good,
  tls: { verified: true, refused: { offer: 'chromium', code: 'ERR_SSL_X' } },
};

describe('what a probe found', () => {
  it('is in order where a probe of before does not tell what was offered', () => {
    expect(isGood(good)).toBe(true);
  });

  it('is not in order where browsers are refused', () => {
    expect(isGood(refused)).toBe(false);
  });

  it.each([
    [
      'is not in order where the answer leads back to what was asked',
      '/',
      false,
    ],
    ['is in order where the answer leads elsewhere', '/login', true],
  ])('%s', (_, path, isInOrder) => {
    const redirect = {
      scheme: 'https',
      host: good.host,
      port: 443,
      path,
      hasQuery: false,
    };
    expect(isGood({ ...good, http: { status: 302, redirect } })).toBe(
      isInOrder,
    );
  });

  it('is another sight where browsers are refused', () => {
    expect(outcomeOf(refused)).not.toBe(outcomeOf(good));
  });
});
