import { commonName } from './names';

it.each([
  ['is the common name', 'CN=idp-demo-ca', 'idp-demo-ca'],
  [
    'is the common name among other attributes',
    'O=Platform, CN=idp-demo-ca, C=DE',
    'idp-demo-ca',
  ],
  [
    'is the whole subject where that has no common name',
    'O=Platform',
    'O=Platform',
  ],
  [
    'does not take the begin of another attribute for one',
    'O=Platform\\, CN=other, CN=idp-demo-ca',
    'idp-demo-ca',
  ],
  [
    'keeps a comma that the common name holds',
    'CN=Platform\\, Inc, O=x',
    'Platform\\, Inc',
  ],
  [
    'is read where each attribute has a line of its own',
    'O=Example\nCN=idp-demo-ca',
    'idp-demo-ca',
  ],
  ['is empty where there is no subject', '', ''],
])('what people call a CA %s', (_, subject, expected) => {
  expect(commonName(subject)).toBe(expected);
});
