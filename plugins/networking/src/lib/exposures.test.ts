import { brokenExposure, degraded, exposure, pending } from '../../dev/fake';
import {
  hostText,
  matchesSearch,
  sortByHost,
  sortByTrouble,
} from './exposures';

const names = (all: { name: string }[]) =>
  all.map(({ name }) => name.split('-')[0]);

it('keeps the alphabet while verdicts change', () => {
  expect(
    names(sortByHost([exposure('zoo'), brokenExposure(), exposure('ant')])),
  ).toEqual(['ant', 'beta', 'zoo']);
});

it('puts trouble first, then the alphabet', () => {
  const all = [
    exposure('ant'),
    exposure('bee', { verdict: pending() }),
    exposure('cat', { verdict: degraded() }),
    brokenExposure(),
  ];
  expect(names(sortByTrouble(all))).toEqual(['beta', 'cat', 'bee', 'ant']);
});

it.each([
  ['', true],
  ['SHOP.192', true],
  ['live', true],
  ['payments', false],
])('search for "%s" finds shop: %s', (search, found) => {
  expect(matchesSearch(exposure('shop'), search)).toBe(found);
});

it('shows a URL without its scheme and a host that nothing serves as it is', () => {
  const [host] = exposure('shop').hosts;
  expect(hostText(host)).toBe('shop.192-0-2-20.nip.io:30443');
  expect(hostText({ ...host, url: undefined })).toBe('shop.192-0-2-20.nip.io');
});
