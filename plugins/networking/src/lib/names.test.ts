import { commonName } from './names';

it.each([
  ['CN=idp-demo-ca', 'idp-demo-ca'],
  ['O=Example,CN=idp-demo-ca,C=XX', 'idp-demo-ca'],
  ['O=Example\nCN=idp-demo-ca', 'idp-demo-ca'],
  ['O=Example', 'O=Example'],
])('reads the name of %j', (subject, name) => {
  expect(commonName(subject)).toBe(name);
});
