import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { test } from 'node:test';

import { acceptDocs, exposeDocs } from './exposure-demo.mjs';
import { createProgress } from './progress.mjs';

const SAM = 'user:default/sam';
const NO_CA = 'The CA of cluster local is not known.';
/** Nothing listens there. */
const URL_OF_NOTHING = 'https://docs.127-0-0-1.nip.io:1/';

const exposed = (word, reason, url = URL_OF_NOTHING) => ({
  cluster: 'local',
  namespace: 'docs',
  name: 'docs',
  verdict: { word, finding: { reason, message: '' } },
  tls: { finding: { reason: 'CertificateGood' } },
  findings: [],
  hosts: [{ host: 'docs.127-0-0-1.nip.io', ...(url && { url }) }],
});
const live = { body: { exposure: exposed('Live', 'Answered') } };
const ca = { body: { pem: 'PEM', findings: [] } };
const noCa = { status: 404, body: { error: { message: NO_CA } } };

/** Backstage as far as the demo asks it, with answers of one's own for exposing and the CA. */
async function backstage(answers) {
  const server = createServer((request, response) => {
    const { status = 200, body } = {
      '/api/auth/example/refresh': {
        body: {
          backstageIdentity: {
            token: 'token',
            identity: { ownershipEntityRefs: [SAM] },
          },
        },
      },
      '/api/catalog/entities/by-name/component/default/docs': {
        body: { relations: [{ type: 'ownedBy', targetRef: SAM }] },
      },
      '/api/networking/v1/exposures': answers.exposing,
      '/api/networking/v1/ca': answers.ca,
    }[request.url] ?? { status: 404, body: {} };
    response.statusCode = status;
    response.end(JSON.stringify(body));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    options: {
      baseUrl: `http://127.0.0.1:${server.address().port}`,
      progress: createProgress({ stream: { write() {} }, live: false }),
      logFile: '/log',
    },
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

async function shownBy(show, answers) {
  const { options, close } = await backstage(answers);
  try {
    return await show(options);
  } finally {
    close();
  }
}

test('a URL that cannot be fetched is told beside the verdict', async () => {
  const shown = await shownBy(exposeDocs, { exposing: live, ca });
  assert.equal(shown.exposure.verdict.word, 'Live');
  assert.equal(shown.ca.pem, 'PEM');
  assert.equal(shown.answer, undefined);
  assert.ok(shown.fetchTrouble);
});

test('where no CA is known nothing is fetched, and why is told', async () => {
  const shown = await shownBy(exposeDocs, { exposing: live, ca: noCa });
  assert.deepEqual(shown.ca, { trouble: NO_CA, findings: [] });
  assert.equal(shown.answer, undefined);
  assert.equal(shown.fetchTrouble, undefined);
});

test('a host without a URL is not fetched', async () => {
  const exposing = { body: { exposure: exposed('Live', 'Answered', null) } };
  const shown = await shownBy(exposeDocs, { exposing, ca });
  assert.equal(shown.url, undefined);
  assert.equal(shown.fetchTrouble, undefined);
});

test('what the cluster holds against exposing is told, with the CA', async () => {
  const error = { message: 'Taken. Ask.', findings: [{ reason: 'HostTaken' }] };
  const exposing = { status: 409, body: { error } };
  const shown = await shownBy(exposeDocs, { exposing, ca });
  assert.equal(shown.refusal, 'Taken. Ask.');
  assert.equal(shown.exposure, undefined);
  assert.equal(shown.ca.pem, 'PEM');
});

test('an error in exposing ends the demo, with the log that says more', async () => {
  const exposing = { status: 500, body: { error: { message: 'Oops' } } };
  await assert.rejects(shownBy(exposeDocs, { exposing, ca }), {
    message: 'component:default/docs could not be exposed: Oops',
    remedy: 'See /log, then run this again.',
  });
});

test('without traffic nothing is fetched', async () => {
  const exposing = { body: { exposure: exposed('Unknown', 'ProbeOff') } };
  const shown = await shownBy(acceptDocs, { exposing, ca });
  assert.equal(shown.exposure.verdict.word, 'Unknown');
  assert.equal(shown.url.href, URL_OF_NOTHING);
  assert.equal(shown.fetchTrouble, undefined);
});
