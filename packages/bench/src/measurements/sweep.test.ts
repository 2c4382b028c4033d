import { sweepsOf, wholeSweeps } from './sweep';

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

describe('wholeSweeps', () => {
  const sweep = (from: number, hosts: number) =>
    Array.from({ length: hosts }, (_, index) => ({
      host: String(index),
      at: from + index,
    }));

  it('leaves out one that was under way when counting began, though most of it was seen since', () => {
    const seen = [...sweep(1_000, 1_000), ...sweep(60_000, 1_000)];
    expect(
      wholeSweeps(seen, 1_110).map(({ from, hosts }) => [from, hosts.size]),
    ).toEqual([[60_000, 1_000]]);
  });

  it('takes no stray request for a sweep', () => {
    expect(wholeSweeps(sweep(60_000, 3), 1_000)).toEqual([]);
  });
});
