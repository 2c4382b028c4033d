import { notYours, trouble, unavailable } from '../findings/declare';
import type { ObjectName } from '../findings/types';

/** A route, by its name alone where it lies in the namespace that is told of, with the full refs of entities. */
export interface CutOff {
  route: string;
  entities: string[];
}

/** Reasons of the findings about which entity a route belongs to. */
export const MATCHING_REASONS = {
  /** `routes`: the first of `total`. `owner`: of the first entity of the first. `isOwned`: it belongs to another entity now. */
  IdNotGranted: trouble<{
    namespace: string;
    routes: CutOff[];
    total: number;
    isOwned: boolean;
    owner?: string;
  }>(),
  /** `routes`: how many an id names; without it, labels in general are told of. */
  GrantsNotKnown: unavailable<{
    cluster: string;
    routes?: number;
    isForbidden: boolean;
  }>(),
  /** Only routes that are annotated with the entity belong to it there. */
  NamespaceNotGranted: notYours<{
    entity: string;
    namespace: string;
    cluster: string;
    owner?: string;
  }>(),
  /** The annotation of a route names an entity that has nothing to do with its namespace. */
  ClaimedFromForeignNamespace: trouble<{ entity: string; route: ObjectName }>(),
};
