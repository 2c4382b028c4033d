import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type {
  Certificate,
  HttpRoute,
} from 'backstage-plugin-networking-common';
import {
  EXPECTED,
  PERSONAS,
  SCAFFOLDER,
  type Persona,
} from './matrix/expectations';
import { startMatrix, type MatrixWorld } from './matrix/world';
import { waitFor } from './world/waitFor';
import { CONTRACT_FILE } from './world/world';

// A bound for what hangs.
jest.setTimeout(240_000);

interface Operation {
  operationId: string;
}

/** Every operation that the contract holds today, so that a new one without expectations fails by its name. */
const OPERATIONS = Object.values(
  parse(readFileSync(CONTRACT_FILE, 'utf8')).paths as Record<
    string,
    Record<string, Operation>
  >,
).flatMap(item =>
  Object.values(item).flatMap(({ operationId }) =>
    operationId ? [operationId] : [],
  ),
);

const CLUSTER = 'local';
const SHOP = 'component:default/shop';
const EXISTING = 'matrix-shown';
const SERVICE = { name: 'shop', port: 8080 };
const NETWORKING = 'networking/v1';
const REFUSED = /^(401|403|404)$/;

describe('who may do what, in a running Backstage with the example policy', () => {
  let current: MatrixWorld | undefined;
  let existing: HttpRoute;
  let isRenewed = false;
  const world = () => {
    if (!current) throw new Error('Backstage did not start');
    return current;
  };
  const labelOf = (persona: Persona, what: string) =>
    `${what}-${persona.replace(/\W/g, '-')}`;
  const routeOf = async (label: string) =>
    (await world().admin.routes('shop')).find(({ spec }) =>
      spec?.hostnames?.some(host => host.startsWith(`${label}.`)),
    );
  const exposeAs = (persona: Persona, hostLabel: string) =>
    world().ask(persona, 'POST', `${NETWORKING}/exposures`, {
      entityRef: SHOP,
      service: SERVICE,
      hostLabel,
    });
  const certificateAt = () => ({
    namespace: world().platform.settings.gateway.namespace,
    name: world().platform.settings.certificates.wildcardCertificate,
  });
  const certificate = () => {
    const { namespace, name } = certificateAt();
    return world().admin.get<Certificate>(
      `/apis/cert-manager.io/v1/namespaces/${namespace}/certificates/${name}`,
    );
  };
  const certificatePath = () => {
    const { namespace, name } = certificateAt();
    return `${NETWORKING}/certificates/${CLUSTER}/${namespace}/${name}`;
  };
  const isIssuing = ({ status }: Certificate) =>
    status?.conditions?.some(
      ({ type, status: value }) => type === 'Issuing' && value === 'True',
    ) ?? false;

  /** `names`: an answer about exposures, which names the shop's or does not. */
  const read =
    (path: () => string, options: { names?: boolean; method?: string } = {}) =>
    async (persona: Persona) => {
      const { status, text } = await world().ask(
        persona,
        options.method ?? 'GET',
        path(),
      );
      const isNamed = text.includes(existing.spec!.hostnames![0]);
      if (status >= 300) return isNamed ? `${status}, and named` : `${status}`;
      if (!options.names) return 'answered';
      return isNamed ? 'shown' : 'hidden';
    };
  const existingPath = () =>
    `${NETWORKING}/exposures/${CLUSTER}/shop/${existing.metadata.name}`;

  /** A refusal that wrote, and a success that wrote nothing, are told as that. */
  const effect = (status: number, text: string, isWritten: boolean) => {
    if (status < 300) return isWritten ? 'done' : `${status}, nothing written`;
    if (isWritten) return `${status}, and written`;
    return REFUSED.test(`${status}`) ? `${status}` : `${status} ${text}`;
  };

  /** By operationId: asks as a persona, and says what became of it, also in the cluster. */
  const ask: Record<string, (persona: Persona) => Promise<string>> = {
    ReadExposures: read(() => `${NETWORKING}/exposures?search=${EXISTING}`, {
      names: true,
    }),
    ReadHosts: read(() => `${NETWORKING}/hosts`, { names: true }),
    ReadExposure: read(existingPath, { names: true }),
    ProbeExposure: read(() => `${existingPath()}/probe`, {
      names: true,
      method: 'POST',
    }),
    ListServices: read(
      () => `${NETWORKING}/services?entityRef=${encodeURIComponent(SHOP)}`,
    ),
    ReadPlatform: read(() => `${NETWORKING}/platform`),
    ReadSettings: read(() => `${NETWORKING}/settings`),
    ReadCa: read(() => `${NETWORKING}/ca`),
    ReadCertificates: read(() => `${NETWORKING}/certificates`, { names: true }),
    ReadIssuanceHistory: read(() => `${certificatePath()}/history`),

    async ApplyExposure(persona) {
      const label = labelOf(persona, 'applied');
      const { status, text } = await exposeAs(persona, label);
      return effect(status, text, Boolean(await routeOf(label)));
    },
    async CreatePlan(persona) {
      const label = labelOf(persona, 'planned');
      const { status, text } = await world().ask(
        persona,
        'POST',
        `${NETWORKING}/plans`,
        { entityRef: SHOP, service: SERVICE, hostLabel: label },
      );
      if (await routeOf(label)) return 'written';
      if (status >= 300) return String(status);
      const { action } = JSON.parse(text);
      return action === 'create' ? 'planned' : action;
    },
    async DeleteExposure(persona) {
      const label = labelOf(persona, 'removed');
      await exposeAs('owner', label);
      const { metadata } = (await routeOf(label))!;
      const { status, text } = await world().ask(
        persona,
        'DELETE',
        `${NETWORKING}/exposures/${CLUSTER}/shop/${metadata.name}?uid=${metadata.uid}`,
      );
      return effect(status, text, !(await routeOf(label)));
    },
    async RenewCertificate(persona) {
      const before = await waitFor('no issuance to be under way', async () => {
        const found = await certificate();
        return isIssuing(found) ? undefined : found;
      });
      const { uid, resourceVersion } = before.metadata;
      const { status, text } = await world().ask(
        persona,
        'POST',
        `${certificatePath()}/renewal`,
        { uid, resourceVersion },
      );
      // A second one within a minute may be told to wait: who may not renew is never told that.
      if (isRenewed && (status === 409 || status === 429)) return 'done';
      isRenewed ||= status < 300;
      const after = await certificate();
      return effect(
        status,
        text,
        isIssuing(after) || after.status?.revision !== before.status?.revision,
      );
    },
  };

  /** Runs a template as a persona, and says whether it exposed what it was asked to. */
  const scaffold = async (
    persona: Persona,
    template: string,
    label: string,
    values: object,
  ) => {
    const started = await world().ask(persona, 'POST', 'scaffolder/v2/tasks', {
      templateRef: `template:default/${template}`,
      values: { component: SHOP, hostLabel: label, ...values },
    });
    let end = `${started.status}`;
    if (started.status < 300) {
      const { id } = JSON.parse(started.text);
      end = await waitFor('the task to end', async () => {
        const { text } = await world().ask(
          'admin',
          'GET',
          `scaffolder/v2/tasks/${id}`,
        );
        const { status } = JSON.parse(text);
        return /^(open|processing)$/.test(status) ? undefined : status;
      });
    }
    const isWritten = Boolean(await routeOf(label));
    if (end === 'completed') return isWritten ? 'done' : 'nothing written';
    return isWritten ? `${end}, and written` : 'refused';
  };

  beforeAll(async () => {
    current = await startMatrix();
    await waitFor('the owner to expose the shop', async () => {
      const { status, text } = await exposeAs('owner', EXISTING);
      if (status >= 300) throw new Error(text);
      return true;
    });
    existing = (await routeOf(EXISTING))!;
    for (const template of ['expose-service', 'action-alone']) {
      await waitFor(`template ${template} to be in the catalog`, async () => {
        const { status } = await world().ask(
          'admin',
          'GET',
          `catalog/entities/by-name/template/default/${template}`,
        );
        return status === 200 ? true : undefined;
      });
    }
    await waitFor('the exposure to be in the cache', async () =>
      (await ask.ReadHosts('admin')) === 'shown' ? true : undefined,
    );
  }, 300_000);
  afterAll(() => current?.stop(), 300_000);

  it('expects something of every operation of the contract, for every persona, and of no other', () => {
    expect(Object.keys(EXPECTED).sort()).toEqual([...OPERATIONS].sort());
    expect(Object.keys(ask).sort()).toEqual([...OPERATIONS].sort());
    for (const row of Object.values(EXPECTED)) {
      expect(Object.keys(row)).toEqual([...PERSONAS]);
      expect(Object.values(row)).not.toContain(undefined);
    }
  });

  it.each(OPERATIONS)('%s by the HTTP API', async operation => {
    const answers: Record<string, string> = {};
    const expected: Record<string, string> = EXPECTED[operation] ?? {};
    // Who may comes last, so that what is under way then is not taken for what the others did.
    const ordered = [...PERSONAS].sort(
      (a, b) => Number(expected[a] === 'done') - Number(expected[b] === 'done'),
    );
    for (const persona of ordered) {
      const answer = await ask[operation](persona);
      const isEither = expected[persona] === 'no' && /^40[34]$/.test(answer);
      answers[persona] = isEither ? 'no' : answer;
    }
    expect(answers).toEqual(expected);
  });

  it.each([
    [
      'the template "Expose service"',
      'expose-service',
      {
        service: {
          cluster: CLUSTER,
          namespace: 'shop',
          service: SERVICE.name,
          port: SERVICE.port,
        },
      },
    ],
    ['the action', 'action-alone', {}],
  ])('exposing by %s', async (_, template, values) => {
    const answers: Record<string, string> = {};
    for (const persona of PERSONAS) {
      const label = labelOf(persona, template);
      answers[persona] = await scaffold(persona, template, label, values);
    }
    expect(answers).toEqual(SCAFFOLDER);
  });
});
