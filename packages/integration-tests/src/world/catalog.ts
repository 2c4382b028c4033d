import { readFile } from 'node:fs/promises';
import {
  parseEntityRef,
  RELATION_MEMBER_OF,
  RELATION_OWNED_BY,
  stringifyEntityRef,
  type Entity,
} from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { parseAllDocuments } from 'yaml';

const groupRef = (ref: string) =>
  stringifyEntityRef(
    parseEntityRef(ref, { defaultKind: 'Group', defaultNamespace: 'default' }),
  );

/** The relations that the catalog derives from `spec.owner` and `spec.memberOf`. */
function withRelations(entity: Entity): Entity {
  const relations = [];
  const { owner, memberOf } = entity.spec ?? {};
  if (typeof owner === 'string') {
    relations.push({ type: RELATION_OWNED_BY, targetRef: groupRef(owner) });
  }
  for (const group of Array.isArray(memberOf) ? memberOf : []) {
    relations.push({
      type: RELATION_MEMBER_OF,
      targetRef: groupRef(String(group)),
    });
  }
  return {
    ...entity,
    metadata: {
      ...entity.metadata,
      namespace: entity.metadata.namespace ?? 'default',
    },
    relations,
  };
}

/** A catalog in memory, filled from files as the real one would be, whose entities a test may edit. */
export class TestCatalog {
  private readonly entities: Map<string, Entity>;

  private constructor(entities: Entity[]) {
    this.entities = new Map(
      entities.map(entity => [stringifyEntityRef(entity), entity]),
    );
  }

  static async fromFiles(files: string[]): Promise<TestCatalog> {
    const texts = await Promise.all(files.map(file => readFile(file, 'utf8')));
    return new TestCatalog(
      texts
        .flatMap(text => parseAllDocuments(text))
        .map(document => document.toJS() as Entity | undefined)
        .filter((entity): entity is Entity => Boolean(entity?.metadata?.name))
        .map(withRelations),
    );
  }

  get(ref: string): Entity | undefined {
    return this.entities.get(ref.toLocaleLowerCase('en-US'));
  }

  /** Adds an entity, or replaces one of the same ref. Returns a function that undoes it. */
  put(entity: Entity): () => void {
    const whole = withRelations(entity);
    const ref = stringifyEntityRef(whole);
    const before = this.entities.get(ref);
    this.entities.set(ref, whole);
    return () => {
      if (before) this.entities.set(ref, before);
      else this.entities.delete(ref);
    };
  }

  /** Refs that a user owns things by: the user and the groups of `spec.memberOf`. */
  ownershipOf(userRef: string): string[] {
    const groups = (this.get(userRef)?.relations ?? [])
      .filter(relation => relation.type === RELATION_MEMBER_OF)
      .map(relation => relation.targetRef);
    return [userRef, ...groups];
  }

  /** The catalog service of the backend, over the entities as they are at the time of each call. */
  factory() {
    const current = () =>
      catalogServiceMock({ entities: [...this.entities.values()] });
    return catalogServiceMock.mock({
      getEntityByRef: (ref, options) => current().getEntityByRef(ref, options),
      getEntitiesByRefs: (request, options) =>
        current().getEntitiesByRefs(request, options),
      getEntities: (request, options) =>
        current().getEntities(request, options),
      queryEntities: (request, options) =>
        current().queryEntities(request, options),
      streamEntities: (request, options) =>
        current().streamEntities(request, options),
    }).factory;
  }
}
