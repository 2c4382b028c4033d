import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { mockServices } from '@backstage/backend-test-utils';
import {
  componentEntityV1alpha1Validator,
  groupEntityV1alpha1Validator,
  parseEntityRef,
  stringifyEntityRef,
  systemEntityV1alpha1Validator,
  userEntityV1alpha1Validator,
  type Entity,
} from '@backstage/catalog-model';
import { createExposeComponentAction } from 'backstage-plugin-scaffolder-backend-module-networking';
import { parse, parseAllDocuments } from 'yaml';

const ROOT = resolve(__dirname, '../../..');
const read = (file: string) => readFileSync(resolve(ROOT, file), 'utf8');
const entitiesOf = (file: string): Entity[] =>
  parseAllDocuments(read(file)).map(document => document.toJS());

const org = entitiesOf('examples/org.yaml');
const entities = entitiesOf('examples/entities.yaml');
const refs = new Set([...org, ...entities].map(stringifyEntityRef));
const localPlatform = parse(read('app-config.local-platform.yaml'));

const refTo = (text: unknown, defaultKind: string) =>
  stringifyEntityRef(
    parseEntityRef(String(text), { defaultKind, defaultNamespace: 'default' }),
  );

describe('the example entities', () => {
  const validators = {
    Component: componentEntityV1alpha1Validator,
    Group: groupEntityV1alpha1Validator,
    System: systemEntityV1alpha1Validator,
    User: userEntityV1alpha1Validator,
  };

  it.each(
    [...org, ...entities].map(entity => [stringifyEntityRef(entity), entity]),
  )('%s is valid, and everything that it names exists', async (_, value) => {
    const entity = value as Entity;
    const validator = validators[entity.kind as keyof typeof validators];
    expect(await validator.check(entity)).toBe(true);
    const {
      owner,
      system,
      memberOf = [],
    } = (entity.spec ?? {}) as {
      owner?: string;
      system?: string;
      memberOf?: string[];
    };
    const named = [
      ...(owner ? [refTo(owner, 'group')] : []),
      ...(system ? [refTo(system, 'system')] : []),
      ...memberOf.map(group => refTo(group, 'group')),
    ];
    expect(named.filter(ref => !refs.has(ref))).toEqual([]);
  });

  it.each<[string]>(
    localPlatform.auth.providers.example.people.map(
      ({ entityRef }: { entityRef: string }) => [entityRef],
    ),
  )('%s, who may sign in on the local platform, is a User', ref => {
    expect(refs).toContain(ref);
  });

  it('has the platform group of the example policy', () => {
    expect(refs).toContain(
      parse(read('app-config.yaml')).permission.platformGroup,
    );
  });
});

describe('the template "Expose service"', () => {
  const template = parse(read('examples/expose-service/template.yaml'));
  const [step] = template.spec.steps;
  const action = createExposeComponentAction({
    auth: mockServices.auth(),
    discovery: mockServices.discovery(),
  });

  it('runs the action with inputs that it knows', () => {
    expect(step.action).toBe(action.id);
    const known = Object.keys(action.schema?.input?.properties ?? {});
    expect(known).toEqual(expect.arrayContaining(Object.keys(step.input)));
  });

  it('shows outputs that the action has', () => {
    const used = [
      ...JSON.stringify(template.spec.output).matchAll(
        /steps\.expose\.output\.(\w+)/g,
      ),
    ].map(([, name]) => name);
    expect(used).toContain('url');
    const known = Object.keys(action.schema?.output?.properties ?? {});
    expect(known).toEqual(expect.arrayContaining(used));
  });
});
