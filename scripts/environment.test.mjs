import assert from 'node:assert/strict';
import { test } from 'node:test';

import { cleanEnvironment } from './environment.mjs';

test("npm's and Yarn's variables for their own scripts are dropped", () => {
  const clean = cleanEnvironment({
    npm_lifecycle_event: 'start',
    npm_config_nodedir: '/usr',
    npm_config_prefix: '/usr',
    npm_config_node_gyp: '/usr/lib/node-gyp.js',
    npm_package_json: '/x/package.json',
    NODE: '/usr/bin/node',
    INIT_CWD: '/x',
    PROJECT_CWD: '/x',
    HOME: '/home/x',
  });
  assert.deepEqual(clean, { HOME: '/home/x', PATH: '' });
});

test("the registry's settings and the extra CA are kept", () => {
  const kept = {
    npm_config_registry: 'https://registry.example/',
    'npm_config_@scope:registry': 'https://scope.example/',
    'npm_config_//registry.example/:_authToken': 'secret',
    NPM_CONFIG_CAFILE: '/ca.pem',
    npm_config_https_proxy: 'http://proxy.example',
    YARN_NPM_REGISTRY_SERVER: 'https://registry.example',
    NODE_EXTRA_CA_CERTS: '/ca.pem',
    HTTPS_PROXY: 'http://proxy.example',
    GOPROXY: 'https://go.example',
  };
  assert.deepEqual(cleanEnvironment(kept), { ...kept, PATH: '' });
});

test('nothing points at a cluster, a config or a mode that nobody named', () => {
  assert.deepEqual(
    cleanEnvironment({
      KUBECONFIG: '/home/x/.kube/config',
      APP_CONFIG_backend_baseUrl: 'http://elsewhere',
      NETWORKING_LOCAL_TOKEN: 'stale',
      NODE_ENV: 'production',
    }),
    { PATH: '' },
  );
});

test('the Node given comes first in PATH, and gives the headers', () => {
  const clean = cleanEnvironment(
    {
      PATH: '/tmp/xfs-1:/x/node_modules/.bin:/usr/lib/node_modules/npm/node-gyp-bin:/usr/bin:',
      BERRY_BIN_FOLDER: '/tmp/xfs-1',
    },
    '/state/node',
  );
  assert.deepEqual(clean, {
    PATH: '/state/node/bin:/usr/bin',
    npm_config_nodedir: '/state/node',
  });
});
