/**
 * What `npm start` shows: the component docs, exposed through the plugin's own API as its owner, and its URL fetched
 * through the gateway with the certificate verified or, where no gateway carries traffic, its verdict.
 */
import { request } from 'node:https';
import { setTimeout as sleep } from 'node:timers/promises';

import { createClient } from './backstage.mjs';
import { Failure } from './failure.mjs';

const OWNER = 'user:default/sam';
const COMPONENT = 'component:default/docs';
const CATALOG_WITHIN_MS = 60_000;
const JUDGED_WITHIN_MS = 60_000;
const EVERY_MS = 500;

/** Where everything of the local platform can be dialled; no machine needs DNS for the hosts. */
const GATEWAY_ADDRESS = '127.0.0.1';

/**
 * Exposes docs, waits until it is live and fetches its URL.
 *
 * @param {{
 *   baseUrl: string,
 *   progress: ReturnType<typeof import('./progress.mjs').createProgress>,
 * }} options
 */
export async function exposeDocs({ baseUrl, progress }) {
  const client = await signInWithin({ baseUrl, progress });
  const exposure = await progress.during(
    `Exposing ${COMPONENT} through the plugin's API`,
    async step => expose(client, LIVE, text => step.update({ text })),
  );
  return progress.during('Fetching its URL through the gateway', async () => {
    const ca = await client.text('/api/networking/v1/ca');
    const url = new URL(exposure.hosts[0].url);
    const answer = await fetchThroughGateway(url, ca).catch(error => {
      throw new Failure(
        `${url} does not answer through the gateway: ${error.message}.`,
        'See the logs under .local/start, then run this again.',
      );
    });
    return { ...answer, url, ca };
  });
}

/**
 * Exposes docs and waits until the gateway's controller has judged it, for a gateway that carries no traffic.
 *
 * @param {Parameters<typeof exposeDocs>[0]} options
 */
export async function acceptDocs({ baseUrl, progress }) {
  const client = await signInWithin({ baseUrl, progress });
  const { hosts, verdict } = await progress.during(
    `Exposing ${COMPONENT} through the plugin's API`,
    async step => expose(client, ACCEPTED, text => step.update({ text })),
  );
  const ca = await client.text('/api/networking/v1/ca');
  return { url: new URL(hosts[0].url), verdict, ca };
}

const signInWithin = ({ baseUrl, progress }) =>
  progress.during('Waiting for the catalog, then signing in as Sam', () =>
    signIn(baseUrl),
  );

/** The groups of a token are read at sign-in, so the catalog has to know them and what they own by then. */
async function signIn(baseUrl) {
  let reason = 'the catalog holds no such person yet';
  const deadline = Date.now() + CATALOG_WITHIN_MS;
  while (Date.now() < deadline) {
    try {
      const session = await createClient(baseUrl, {
        'x-example-person': OWNER,
      }).json('/api/auth/example/refresh');
      const { token, identity } = session.backstageIdentity;
      const client = createClient(baseUrl, {
        authorization: `Bearer ${token}`,
      });
      const [kind, namespaceAndName] = COMPONENT.split(':');
      const entity = await client.json(
        `/api/catalog/entities/by-name/${kind}/${namespaceAndName}`,
      );
      const owners = (entity.relations ?? [])
        .filter(relation => relation.type === 'ownedBy')
        .map(relation => relation.targetRef);
      if (owners.some(ref => identity.ownershipEntityRefs.includes(ref))) {
        return client;
      }
      reason = `${OWNER} is not among the owners of ${COMPONENT} yet`;
    } catch (error) {
      reason = error.message;
    }
    await sleep(EVERY_MS);
  }
  throw new Failure(
    `Nobody could sign in as an owner of ${COMPONENT} within ${
      CATALOG_WITHIN_MS / 1000
    } s: ${reason}.`,
    'See examples/ and .local/start/logs/backstage.log, then run this again.',
  );
}

/** What is waited for, in the words of a verdict. */
const LIVE = {
  isReached: ({ word }) => word === 'Live',
  not: 'not live',
};
const ACCEPTED = {
  isReached: ({ finding }) => finding.reason === 'ProbeOff',
  not: 'not accepted',
};

async function expose(client, { isReached, not }, report) {
  let exposure;
  try {
    const result = await client.post('/api/networking/v1/exposures', {
      entityRef: COMPONENT,
      hostLabel: 'docs',
    });
    exposure = result.exposure;
  } catch (error) {
    throw new Failure(
      `${COMPONENT} could not be exposed: ${error.message}`,
      'See .local/start/logs/backstage.log, then run this again.',
    );
  }
  const { cluster, namespace, name } = exposure;
  const path = `/api/networking/v1/exposures/${cluster}/${namespace}/${name}`;
  const deadline = Date.now() + JUDGED_WITHIN_MS;
  while (!isReached(exposure.verdict) && Date.now() < deadline) {
    report(`${exposure.verdict.word}, ${exposure.verdict.finding.message}`);
    await sleep(EVERY_MS);
    exposure = await client.json(path).catch(() => exposure);
  }
  if (!isReached(exposure.verdict)) {
    const { message, remedy = '' } = exposure.verdict.finding;
    throw new Failure(
      `${COMPONENT} is exposed and ${not} within ${
        JUDGED_WITHIN_MS / 1000
      } s: ${message}`,
      remedy || 'See the logs under .local/start, then run this again.',
    );
  }
  return exposure;
}

/**
 * One GET over TLS that trusts only the CA given, and dials the gateway whatever DNS says.
 *
 * @param {URL} url
 * @param {string} ca PEM
 */
export function fetchThroughGateway(url, ca) {
  return new Promise((resolve, reject) => {
    const outgoing = request(
      {
        host: GATEWAY_ADDRESS,
        port: url.port || 443,
        servername: url.hostname,
        headers: { host: url.host },
        path: url.pathname,
        ca,
        agent: false,
        timeout: 10_000,
      },
      response => {
        const leaf = response.socket.getPeerCertificate(true);
        const signer = leaf.issuerCertificate ?? leaf;
        let body = '';
        response.setEncoding('utf8');
        response.on('data', chunk => (body += chunk));
        response.on('error', reject);
        response.on('end', () =>
          resolve({
            status: response.statusCode,
            firstLine: body.split('\n')[0],
            issuer: leaf.issuer.CN,
            signer: { name: signer.subject.CN, sha256: signer.fingerprint256 },
          }),
        );
      },
    );
    outgoing.on('timeout', () =>
      outgoing.destroy(new Error('no answer within 10 s')),
    );
    outgoing.on('error', reject);
    outgoing.end();
  });
}
