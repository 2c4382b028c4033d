import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeTestSettings, type Platform } from 'local-platform';
import { startBackstage, type Backstage } from '../host/backstageProcess';
import { pathFrom, REPOSITORY } from '../paths';
import type { Admin } from '../world/admin';
import { adminOf, startTestPlatform } from '../world/testPlatform';
import { waitFor } from '../world/waitFor';
import { PERSONAS, type Persona } from './expectations';

const CATALOG = { plugin: 'catalog' };
const named = (...permission: string[]) => ({
  plugin: 'networking',
  permission,
});
const byAction = (action: string) => ({
  plugin: 'networking',
  permissionAttribute: { action },
});

/** Access restrictions of each service; undefined: none at all. */
const SERVICES: Partial<Record<Persona, object[] | undefined>> = {
  unlimited: undefined,
  plugin: [{ plugin: 'networking' }],
  'plugin+catalog': [{ plugin: 'networking' }, CATALOG],
  'attribute:read': [byAction('read'), CATALOG],
  'attribute:update': [byAction('update'), CATALOG],
  read: [named('networking.exposure.read', 'catalog.entity.read'), CATALOG],
  create: [named('networking.exposure.create', 'catalog.entity.read'), CATALOG],
  'create-catalog': [
    named('networking.exposure.create', 'catalog.entity.read'),
  ],
  delete: [named('networking.exposure.delete', 'catalog.entity.read'), CATALOG],
  renew: [named('networking.certificate.renew')],
};

const PEOPLE: Partial<Record<Persona, string>> = {
  guest: 'user:default/guest',
  owner: 'user:default/sam',
  other: 'user:default/pat',
  admin: 'user:default/alex',
};

/** Who owns nothing, and a template with nothing but the action. */
const ENTITIES = [
  {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'User',
    metadata: { name: 'guest' },
    spec: { memberOf: [] },
  },
  {
    apiVersion: 'scaffolder.backstage.io/v1beta3',
    kind: 'Template',
    metadata: { name: 'action-alone' },
    spec: {
      owner: 'group:default/platform-team',
      type: 'service',
      steps: [
        {
          id: 'expose',
          name: 'Expose',
          action: 'networking:component:expose',
          input: {
            entityRef: '${{ parameters.component }}',
            service: 'shop',
            hostLabel: '${{ parameters.hostLabel }}',
          },
        },
      ],
    },
  },
];

/** Backstage as `npm start` has it, with a guest and services. */
export interface MatrixWorld {
  platform: Platform;
  admin: Admin;
  /** As a persona; `path` is under /api. */
  ask(
    persona: Persona,
    method: string,
    path: string,
    body?: unknown,
  ): Promise<{ status: number; text: string }>;
  stop(): Promise<void>;
}

const tokenOf = (persona: Persona) =>
  `matrix-${persona.replace(/\W/g, '-')}-token`;

const configOf = (entities: string) => ({
  'auth.providers.example.people': Object.values(PEOPLE).map(entityRef => ({
    entityRef,
  })),
  'backend.auth.externalAccess': Object.entries(SERVICES).map(
    ([persona, accessRestrictions]) => ({
      type: 'static',
      options: {
        token: tokenOf(persona as Persona),
        subject: `matrix-${persona.replace(/\W/g, '-')}`,
      },
      ...(accessRestrictions && { accessRestrictions }),
    }),
  ),
  'catalog.locations': [
    join(REPOSITORY, 'examples/org.yaml'),
    join(REPOSITORY, 'examples/entities.yaml'),
    join(REPOSITORY, 'examples/expose-service/template.yaml'),
    entities,
  ].map(target => ({
    type: 'file',
    target,
    rules: [{ allow: ['User', 'Group', 'Component', 'System', 'Template'] }],
  })),
});

/** Without waiting for a group: a guest has none. */
const signIn = (baseUrl: string, person: string) =>
  waitFor(`${person} to be in the catalog`, async () => {
    const response = await fetch(`${baseUrl}/api/auth/example/refresh`, {
      headers: { 'x-example-person': person },
    });
    if (!response.ok) throw new Error(`sign-in answered ${response.status}`);
    return (await response.json()).backstageIdentity.token as string;
  });

export async function startMatrix(): Promise<MatrixWorld> {
  const stateDir = join(
    pathFrom('NETWORKING_TEST_STATE_DIR', '.local/test'),
    'matrix',
  );
  await mkdir(stateDir, { recursive: true });
  const entities = join(stateDir, 'entities.yaml');
  await writeFile(
    entities,
    ENTITIES.map(entity => JSON.stringify(entity)).join('\n---\n'),
  );
  const settings = await writeTestSettings(stateDir);
  const platform = await startTestPlatform(stateDir, settings);
  const admin = await adminOf(platform);
  let backstage: Backstage | undefined;
  const stop = async () => {
    await backstage?.stop();
    admin.close();
    await platform.stop();
  };
  try {
    backstage = await startBackstage({
      platform,
      settings,
      stateDir,
      config: configOf(entities),
    });
    const { baseUrl } = backstage;
    const tokens = new Map<Persona, string>();
    for (const persona of PERSONAS) {
      const person = PEOPLE[persona];
      if (persona in SERVICES) tokens.set(persona, tokenOf(persona));
      else if (persona === 'guest') {
        tokens.set(persona, await signIn(baseUrl, person!));
      } else if (person) tokens.set(persona, await backstage.tokenOf(person));
    }
    return {
      platform,
      admin,
      stop,
      async ask(persona, method, path, body) {
        const token = tokens.get(persona);
        const response = await fetch(`${baseUrl}/api/${path}`, {
          method,
          headers: {
            ...(token && { authorization: `Bearer ${token}` }),
            ...(body !== undefined && { 'content-type': 'application/json' }),
          },
          ...(body !== undefined && { body: JSON.stringify(body) }),
        });
        return { status: response.status, text: await response.text() };
      },
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
