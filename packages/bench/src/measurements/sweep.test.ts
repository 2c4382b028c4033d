import { sweepsOf } from './sweep';

describe('sweepsOf', () => {
  it('parts handshakes where nobody came for a while, and counts each host once', () => {
    const sweeps = sweepsOf([
      { host: 'a', at: 1_000 },
      { host: 'b', at: 3_000 },
      { host: 'a', at: 6_999 },
      { host: 'a', at: 60_000 },
    ]);
    expect(sweeps.map(({ from, to, hosts }) => [from, to, [...hosts]])).toEqual(
      [
        [1_000, 6_999, ['a', 'b']],
        [60_000, 60_000, ['a']],
      ],
    );
  });

  it('finds none where nobody came', () => {
    expect(sweepsOf([])).toEqual([]);
  });
});
