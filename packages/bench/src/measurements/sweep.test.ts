import { burstsOf, wholeSweeps } from './sweep';

describe('burstsOf', () => {
  it('parts handshakes where nobody came for a while, and counts each host once', () => {
    const bursts = burstsOf([
      { host: 'a', at: 1_000 },
      { host: 'b', at: 3_000 },
      { host: 'a', at: 6_999 },
      { host: 'a', at: 60_000 },
    ]);
    expect(bursts.map(({ from, to, hosts }) => [from, to, [...hosts]])).toEqual(
      [
        [1_000, 6_999, ['a', 'b']],
        [60_000, 60_000, ['a']],
      ],
    );
  });

  it('finds none where nobody came', () => {
    expect(burstsOf([])).toEqual([]);
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

  it('takes what is due late in each minute for a part of its sweep', () => {
    const minute = (from: number) => [
      ...sweep(from, 890),
      ...Array.from({ length: 110 }, (_, index) => ({
        host: String(890 + index),
        at: from + 50_000 + index,
      })),
    ];
    const seen = [...minute(10_000), ...minute(70_000)];
    expect(
      wholeSweeps(seen, 10_000).map(({ from, to, hosts }) => [
        from,
        to,
        hosts.size,
      ]),
    ).toEqual([
      [10_000, 60_109, 1_000],
      [70_000, 120_109, 1_000],
    ]);
  });

  it('takes no stray request for a sweep', () => {
    expect(wholeSweeps(sweep(60_000, 3), 1_000)).toEqual([]);
  });
});
