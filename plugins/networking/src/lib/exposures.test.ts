import { brokenExposure, exposure, finding } from '../../dev/fake';
import { english } from '../__testUtils__/english';
import {
  addressOf,
  exposureKey,
  hostName,
  hostText,
  isMendedByEditing,
  sortByHost,
} from './exposures';

const names = (all: { name: string }[]) =>
  all.map(({ name }) => name.split('-')[0]);

it('keeps the alphabet while verdicts change', () => {
  expect(
    names(sortByHost([exposure('zoo'), brokenExposure(), exposure('ant')])),
  ).toEqual(['ant', 'beta', 'zoo']);
});

it.each([
  ['local/shop/shop-1a2b3c4d', 'local'],
  [
    'arn:aws:eks:eu-1:1:cluster/prod/shop/shop-1a2b3c4d',
    'arn:aws:eks:eu-1:1:cluster/prod',
  ],
])('takes the key %s for an address in cluster %s', (key, cluster) => {
  const address = { cluster, namespace: 'shop', name: 'shop-1a2b3c4d' };
  expect(addressOf(key)).toEqual(address);
  expect(exposureKey(address)).toBe(key);
});

it('shows a URL without its scheme and a host that nothing serves as it is', () => {
  const [host] = exposure('shop').hosts;
  expect(hostText(english, host)).toBe('shop.192-0-2-20.nip.io:30443');
  expect(hostText(english, { ...host, url: undefined })).toBe(
    'shop.192-0-2-20.nip.io',
  );
});

it('shows where no hostname is named the whole URL, or says so', () => {
  const any = { host: '*', url: 'http://192.0.2.20:30080' };
  expect(hostText(english, any)).toBe('http://192.0.2.20:30080');
  expect(hostName(english, any)).toBe('http://192.0.2.20:30080');
  expect(hostText(english, { host: '*' })).toBe('any host');
  const [host] = exposure('shop').hosts;
  expect(hostName(english, host)).toBe('shop.192-0-2-20.nip.io');
});

it.each([
  ['Broken', 'ServiceMissing', 'reader', true],
  ['Degraded', 'AlsoReachableInClear', 'reader', true],
  ['Broken', 'ListenerTlsInvalid', 'platform', false],
  ['Broken', 'GatewayMissing', 'platform', false],
  ['Broken', 'DeniedByPolicy', 'reader', false],
  ['Degraded', 'RouteBeingDeleted', 'nobody', false],
  ['Pending', 'ServiceMissing', 'reader', false],
  ['Live', 'Answered', 'nobody', false],
] as const)(
  'what is %s by %s, for %s — is mended by editing: %s',
  (word, reason, is, isMended) => {
    const verdict = {
      word,
      finding: finding(reason, 'It is so.', { actor: { is } }),
    };
    expect(isMendedByEditing({ verdict })).toBe(isMended);
  },
);
