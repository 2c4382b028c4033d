import { sha256Hex, shortHash } from './hash';

describe('shortHash', () => {
  it('is the beginning of SHA-256 in hex (test vector of FIPS 180-4)', () => {
    expect(sha256Hex('abc')).toBe(
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    );
    expect(shortHash('abc')).toBe('ba7816bf');
    expect(shortHash('abc', 4)).toBe('ba78');
  });

  it('hashes text as UTF-8', () => {
    expect(sha256Hex('é')).not.toBe(sha256Hex('e\u0301'));
    expect(sha256Hex('é')).toMatch(/^4a99557e/);
  });
});
