import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { changesSomething, type AuditEvent } from '../world/auditLog';
import { REPOSITORY } from '../paths';
import { waitFor } from '../world/waitFor';
import { certManagerOf } from '../world/certManager';
import { ALEX, SAM } from '../world/world';
import {
  addressOf,
  CLUSTER,
  PAYMENTS,
  refusal,
  removeRoutes,
  SHOP,
  type Suite,
} from './support';

interface PolicyRule {
  apiGroups?: string[];
  resources?: string[];
  verbs: string[];
  nonResourceURLs?: string[];
}

interface Role {
  kind: string;
  metadata: { name: string; namespace?: string };
  rules?: PolicyRule[];
}

const RBAC = join(REPOSITORY, 'plugins/networking-backend/rbac');

/** `list gateway.networking.k8s.io/httproutes`, one for each verb on each resource that the shipped roles grant. */
async function grants(): Promise<string[]> {
  const files = (await readdir(RBAC)).filter(name => /\.ya?ml$/.test(name));
  const roles = (
    await Promise.all(files.map(file => readFile(join(RBAC, file), 'utf8')))
  )
    .flatMap(text => parseAllDocuments(text))
    .map(document => document.toJS() as Role | undefined)
    .filter((role): role is Role => /Role$/.test(role?.kind ?? ''));
  expect(roles.length).toBeGreaterThan(0);
  return [
    ...new Set(
      roles.flatMap(role =>
        (role.rules ?? []).flatMap(rule =>
          (rule.apiGroups ?? []).flatMap(group =>
            (rule.resources ?? []).flatMap(resource =>
              rule.verbs.map(verb => `${verb} ${group}/${resource}`),
            ),
          ),
        ),
      ),
    ),
  ].sort();
}

const used = ({ verb, objectRef }: AuditEvent) =>
  `${verb} ${objectRef?.apiGroup ?? ''}/${objectRef?.resource}${
    objectRef?.subresource ? `/${objectRef.subresource}` : ''
  }`;

/** By the authorizer, or within a request that it let through: the create inside an apply. */
const denied = (event: AuditEvent) =>
  event.annotations?.['authorization.k8s.io/decision'] === 'forbid' ||
  event.responseStatus?.code === 403;

/**
 * The rules of `plugins/networking-backend/rbac` against the audit log of the API server. Runs last: the log then holds
 * every call that the suites before it made the backend send.
 */
export const rbac: Suite = world => {
  const request = {
    entityRef: SHOP,
    service: { name: 'shop', port: 8080 },
    hostLabel: 'shop',
  };

  afterEach(() => removeRoutes(world().admin));

  it('granted every call of the service account so far', async () => {
    const events = await world().audit.events();
    expect(events.length).toBeGreaterThan(0);
    expect(events.filter(denied).map(used)).toEqual([]);
  });

  it('grants nothing that was not used', async () => {
    const events = await world().audit.events();
    const uses = new Set(events.filter(event => !denied(event)).map(used));
    // An apply of a new object is authorized as patch and as create, and logged as patch (API server, "Server-Side Apply").
    if (
      events.some(
        event =>
          event.verb === 'patch' &&
          event.responseStatus?.code === 201 &&
          changesSomething(event),
      )
    ) {
      uses.add('create gateway.networking.k8s.io/httproutes');
    }
    expect((await grants()).filter(grant => !uses.has(grant))).toEqual([]);
  });

  it('reads no Secret', async () => {
    expect(await grants()).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/secrets/)]),
    );
    expect(
      (await world().audit.events()).filter(
        ({ objectRef }) => objectRef?.resource === 'secrets',
      ),
    ).toEqual([]);
  });

  /** Takes a verb out of the Role that is bound in a namespace, and puts it back. */
  async function withoutVerb<T>(
    namespace: string,
    verb: string,
    act: (role: Role) => Promise<T>,
    resource = 'httproutes',
  ): Promise<T> {
    const { admin } = world();
    const base = `/apis/rbac.authorization.k8s.io/v1/namespaces/${namespace}/roles`;
    const role = (await admin.list<Role>(base)).find(({ rules }) =>
      rules?.some(
        ({ resources, verbs }) =>
          resources?.includes(resource) && verbs.includes(verb),
      ),
    );
    if (!role) throw new Error(`No Role of ${namespace} grants ${verb}`);
    const path = `${base}/${role.metadata.name}`;
    const rules = (role.rules ?? []).flatMap(rule => {
      const verbs = rule.verbs.filter(each => each !== verb);
      return verbs.length > 0 ? [{ ...rule, verbs }] : [];
    });
    await admin.patch(path, 'merge', { rules });
    try {
      return await act(role);
    } finally {
      await admin.patch(path, 'merge', { rules: role.rules });
    }
  }

  it.each(['patch', 'create'])(
    'says in which namespace to bind which Role when the verb %s is missing',
    verb =>
      withoutVerb('shop', verb, async role => {
        const refused = await refusal(world().as(SAM).apply(request));
        expect(refused.message).toContain('namespace shop');
        expect(refused.text).toContain(role.metadata.name);
        expect(await world().admin.routes('shop')).toEqual([]);
      }),
  );

  it('says the same when a route cannot be deleted', async () => {
    const api = world().as(SAM);
    const { exposure } = await api.apply(request);
    await withoutVerb('shop', 'delete', async role => {
      const refused = await refusal(
        api.remove({ ...addressOf(exposure), uid: exposure.uid }),
      );
      expect(refused.message).toContain('namespace shop');
      expect(refused.text).toContain(role.metadata.name);
    });
    await api.remove({ ...addressOf(exposure), uid: exposure.uid });
    expect(await world().admin.routes('shop')).toEqual([]);
  });

  it.each([
    ['get', 'certificates'],
    ['update', 'certificates/status'],
  ])(
    'says which Role to bind when a certificate is to be renewed without the verb %s on %s',
    async (verb, resource) => {
      const { gateway, certificates } = world().platform.settings;
      const at = {
        namespace: gateway.namespace,
        name: certificates.wildcardCertificate,
      };
      const live = () => certManagerOf(world().admin).get(at);
      await waitFor('a minute to pass since the last renewal', async () => {
        const view = await world().as(ALEX).getCertificates(CLUSTER);
        const row = view.certificates.find(
          ({ facts }) => facts.certificate?.name === at.name,
        );
        return row?.renewable.possible && !row.renewable.from ? row : undefined;
      });
      const { metadata, status } = await live();
      await withoutVerb(
        at.namespace,
        verb,
        async role => {
          const refused = await refusal(
            world()
              .as(ALEX)
              .renew({ cluster: CLUSTER, ...at, uid: metadata.uid! }),
          );
          expect(refused.status).toBe(403);
          expect(refused.message).toContain(`${verb} ${resource}`);
          expect(refused.text).toContain(role.metadata.name);
          expect(refused.text).toContain(`namespace ${at.namespace}`);
          expect(refused.text).toContain(`${at.name} among its resourceNames`);
        },
        resource,
      );
      expect((await live()).status).toEqual(status);
    },
  );

  it('says which file to apply when Events may not be listed, and tells the rest', async () => {
    const { admin, platform } = world();
    const path =
      '/apis/rbac.authorization.k8s.io/v1/clusterroles/networking-backend';
    const { rules = [] } = await admin.get<Role>(path);
    await admin.patch(path, 'merge', {
      rules: rules.filter(({ resources }) => !resources?.includes('events')),
    });
    const { namespace } = platform.settings.gateway;
    try {
      const { unknown, orders } = await waitFor(
        'Events to be refused',
        async () => {
          const history = await world().as(ALEX).getIssuanceHistory({
            cluster: CLUSTER,
            namespace,
            name: platform.settings.certificates.wildcardCertificate,
          });
          return history.unknown.length > 0 ? history : undefined;
        },
      );
      expect(orders).toEqual([]);
      for (const where of [namespace, 'default']) {
        expect(unknown).toEqual(
          expect.arrayContaining([
            expect.stringMatching(
              new RegExp(
                `may not list events in namespace ${where} of cluster ${CLUSTER}.*rbac/clusterrole.yaml`,
              ),
            ),
          ]),
        );
      }
    } finally {
      await admin.patch(path, 'merge', { rules });
    }
  });

  it('leaves other namespaces as they were', async () => {
    await withoutVerb('shop', 'patch', async () => {
      const plan = await world()
        .as('user:default/pat')
        .plan({ entityRef: PAYMENTS });
      expect(plan.action).toBe('create');
    });
  });
};
