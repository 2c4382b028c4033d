/**
 * What `npm start` shows: the component docs, exposed through the plugin's own API as its owner, with the verdict on it, and
 * its URL fetched through the gateway with the certificate verified, where a gateway carries traffic. Whatever is found is an
 * answer: only where nobody can sign in, or exposing ends in an error, there is nothing to show.
 */
import { request } from 'node:https';
import { setTimeout as sleep } from 'node:timers/promises';

import { createClient } from './backstage.mjs';
import { Failure } from './failure.mjs';
import { settledVerdict } from './settled-verdict.mjs';

const OWNER = 'user:default/sam';
const COMPONENT = 'component:default/docs';
const CATALOG_WITHIN_MS = 60_000;
const EVERY_MS = 500;

/** Where everything of the local platform can be dialled; no machine needs DNS for the hosts. */
const GATEWAY_ADDRESS = '127.0.0.1';

/**
 * @typedef {{
 *   refusal?: string,
 *   exposure?: object,
 *   url?: URL,
 *   ca: { pem?: string, trouble?: string, findings: { message: string }[] },
 *   answer?: Awaited<ReturnType<typeof fetchThroughGateway>>,
 *   fetchTrouble?: string,
 * }} Shown `refusal`: why docs was not exposed; without it there is an `exposure`, whose `url` is missing where no listener
 *   serves its host. `ca.trouble`: why there is no `ca.pem`. `fetchTrouble`: why there is no `answer` to a request
 */

/**
 * Exposes docs, waits for its verdict and fetches its URL.
 *
 * @param {{
 *   baseUrl: string,
 *   progress: ReturnType<typeof import('./progress.mjs').createProgress>,
 *   logFile: string,
 * }} options `logFile` of Backstage
 * @returns {Promise<Shown>}
 */
export async function exposeDocs(options) {
  const { progress } = options;
  const shown = await exposeAndLook(options, isLive);
  const { url, ca } = shown;
  if (!url || !ca.pem) {
    return shown;
  }
  const step = progress.step('Fetching its URL through the gateway');
  try {
    const answer = await fetchThroughGateway(url, ca.pem);
    step.done();
    return { ...shown, answer };
  } catch (error) {
    step.fail(error.message);
    return { ...shown, fetchTrouble: error.message };
  }
}

/**
 * Exposes docs and waits until the gateway's controller has judged it, for a gateway that carries no traffic.
 *
 * @param {Parameters<typeof exposeDocs>[0]} options
 * @returns {Promise<Shown>}
 */
export async function acceptDocs(options) {
  return exposeAndLook(options, isAcceptedUnasked);
}

const isLive = ({ word }) => word === 'Live';
const isAcceptedUnasked = ({ finding }) => finding.reason === 'ProbeOff';

async function exposeAndLook(options, isReached) {
  const { progress, logFile } = options;
  const client = await signInWithin(options);
  const step = progress.step(`Exposing ${COMPONENT} through the plugin's API`);
  try {
    const shown = await expose({
      client,
      isReached,
      report: text => step.update({ text }),
      logFile,
    });
    if (shown.refusal) {
      step.fail('refused');
    } else {
      step.done(shown.exposure.verdict.word);
    }
    return { ...shown, ca: await readCa(client) };
  } catch (error) {
    step.fail();
    throw error;
  }
}

/** The CAs that verify what the gateway serves; that none is known is an answer too. */
async function readCa(client) {
  try {
    const { pem, findings } = await client.json('/api/networking/v1/ca');
    return { pem, findings };
  } catch (error) {
    return { trouble: error.message, findings: [] };
  }
}

const signInWithin = ({ baseUrl, progress, logFile }) =>
  progress.during('Waiting for the catalog, then signing in as Sam', () =>
    signIn(baseUrl, logFile),
  );

/** The groups of a token are read at sign-in, so the catalog has to know them and what they own by then. */
async function signIn(baseUrl, logFile) {
  let reason = 'the catalog holds no such person yet';
  const deadline = Date.now() + CATALOG_WITHIN_MS;
  while (Date.now() < deadline) {
    try {
      const session = await createClient(baseUrl, {
        'x-example-person': OWNER,
      }).json('/api/auth/example/refresh');
      const { token, identity } = session.backstageIdentity;
      const client = createClient(baseUrl, {
        accept: 'application/json',
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
    `See examples/ and ${logFile}, then run this again.`,
  );
}

async function expose({ client, isReached, report, logFile }) {
  let first;
  try {
    const result = await client.post('/api/networking/v1/exposures', {
      entityRef: COMPONENT,
      hostLabel: 'docs',
    });
    first = result.exposure;
  } catch (error) {
    // With findings, it is what the cluster holds that forbids it, and the page says more.
    if (error.findings?.length > 0) {
      return { refusal: error.message };
    }
    throw new Failure(
      `${COMPONENT} could not be exposed: ${error.message}`,
      `See ${logFile}, then run this again.`,
    );
  }
  const { cluster, namespace, name } = first;
  const exposure = await settledVerdict({
    first,
    read: () =>
      client.json(
        `/api/networking/v1/exposures/${cluster}/${namespace}/${name}`,
      ),
    isReached,
    report: ({ verdict }) =>
      report(`${verdict.word}, ${verdict.finding.message}`),
  });
  const [{ url }] = exposure.hosts;
  return { exposure, ...(url && { url: new URL(url) }) };
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
