import assert from 'node:assert/strict';
import { test } from 'node:test';

import { parseStartArguments } from './start-arguments.mjs';
import { parseTestArguments } from './test-arguments.mjs';

const PARTS = ['types', 'unit', 'browser'];

const accepted = {
  'nothing is the local platform on port 7007': [
    () => parseStartArguments([]),
    { port: 7007, gateway: 'traefik' },
  ],
  'a kubeconfig with a context is a cluster of one’s own': [
    () => parseStartArguments(['--kubeconfig', 'f', '--context=c']),
    { port: 7007, kubeconfig: 'f', context: 'c' },
  ],
  'a port moves Backstage': [
    () => parseStartArguments(['--port', '7010']),
    { port: 7010, gateway: 'traefik' },
  ],
  'the controllers of Cilium may be asked for': [
    () => parseStartArguments(['--gateway=cilium']),
    { port: 7007, gateway: 'cilium' },
  ],
  'nothing is every part': [
    () => parseTestArguments([], PARTS, 'npm test'),
    PARTS,
  ],
  'parts asked for run in their own order': [
    () => parseTestArguments(['--only', 'browser, types'], PARTS, 'npm test'),
    ['types', 'browser'],
  ],
  'parts may be asked for one by one': [
    () =>
      parseTestArguments(['--only=unit', '--only=types'], PARTS, 'npm test'),
    ['types', 'unit'],
  ],
};

for (const [sentence, [parse, expected]] of Object.entries(accepted)) {
  test(sentence, () => assert.deepEqual(parse(), expected));
}

const refused = {
  'a kubeconfig without a context is refused': [
    () => parseStartArguments(['--kubeconfig', 'f']),
    /--kubeconfig was given without --context/,
  ],
  'a gateway that is not there is answered with the two that are': [
    () => parseStartArguments(['--gateway=nginx']),
    /There is no gateway 'nginx': the local platform has traefik and cilium\./,
  ],
  'a gateway for a cluster of one’s own is refused': [
    () =>
      parseStartArguments([
        '--kubeconfig=f',
        '--context=c',
        '--gateway=traefik',
      ]),
    /--gateway chooses the gateway of the local platform/,
  ],
  'a context without a kubeconfig is refused': [
    () => parseStartArguments(['--context', 'c']),
    /--context was given without --kubeconfig/,
  ],
  'a port that needs root is refused': [
    () => parseStartArguments(['--port', '80']),
    /--port 80 is not a port/,
  ],
  'an unknown option is named': [
    () => parseStartArguments(['--kubconfig', 'f']),
    /--kubconfig/,
  ],
  'an unknown part is named': [
    () => parseTestArguments(['--only', 'unit,units'], PARTS, 'npm test'),
    /There is no part 'units'/,
  ],
  'a stray word is refused': [
    () => parseTestArguments(['unit'], PARTS, 'npm test'),
    /unit/,
  ],
};

for (const [sentence, [parse, message]] of Object.entries(refused)) {
  test(sentence, () => assert.throws(parse, { name: 'Failure', message }));
}
