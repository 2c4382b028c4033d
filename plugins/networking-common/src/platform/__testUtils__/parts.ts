import {
  healthyWorld,
  find,
  lookupOf,
  NOW,
  remove,
  snapshotOf,
  type World,
} from '../../verdicts/__testUtils__/world';
import { evaluatePlatform } from '../evaluate';
import type { PlatformPart } from '../types';

/** The platform's parts after a change of the healthy world. */
export function parts(
  change: (world: World) => void = () => {},
): PlatformPart[] {
  const world = healthyWorld();
  change(world);
  const snapshot = snapshotOf(world);
  return evaluatePlatform({
    snapshot,
    settings: world.settings,
    certificates: lookupOf(world, snapshot),
    now: NOW,
  });
}

export const gateway = (world: World) => find(world, 'Gateway', 'idp-gateway');
export const https = (world: World) => gateway(world).spec!.listeners![1];
export const redirect = (world: World) =>
  find(world, 'HTTPRoute', 'http-to-https-redirect');
export const wildcard = (world: World) =>
  find(world, 'Certificate', 'idp-wildcard-cert');
export const ca = (world: World) => find(world, 'Certificate', 'idp-demo-ca');

export const gap = (kind: World['gaps'][number]['kind']) => (world: World) => {
  remove(world, kind);
  world.gaps = [{ kind, reason: 'Forbidden', message: 'no' }];
};

/** One trouble, and the line on which it has to show. */
export interface Case {
  change: (world: World) => void;
  part: PlatformPart['part'];
  name: string;
  state: PlatformPart['state'];
  reason: string;
  says?: RegExp;
}

/** The line on which a trouble has to show, with its first reason. */
export function lineOf({ change, part, name }: Case) {
  const line = parts(change).find(
    one => one.part === part && one.name === name,
  );
  return {
    state: line?.state,
    reason: line?.findings[0]?.reason,
    summary: line?.summary ?? '',
  };
}
