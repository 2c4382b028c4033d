import {
  evaluatePlatform,
  type Condition,
  type HttpRoute,
} from 'backstage-plugin-networking-common';
import { referenceTo } from 'local-platform';
import { waitFor } from '../world/waitFor';
import type { GatewayName, GatewaysWorld } from './world';

/** What a controller that is content says of a route. */
const CONTENT = ['Accepted', 'ResolvedRefs'];

/** `good`, what is not True, or `nothing`. */
export const summary = (conditions: Condition[] | undefined) => {
  if (!conditions) return 'nothing';
  const bad = conditions
    .filter(({ status }) => status !== 'True')
    .map(({ type, status, reason }) => `${type}=${status} ${reason}`);
  return bad.join(', ') || 'good';
};

/** What tests do with two controllers: apply, wait until a controller has written, and read what a person reads. */
export function judgingIn(world: () => GatewaysWorld) {
  const admin = () => world().platform.admin;
  const settingsOf = (gateway: GatewayName) => world().settings[gateway];
  const apply = (object: Parameters<typeof referenceTo>[0]) =>
    admin().apply(object, { fieldManager: 'integration-test', force: true });
  const live = (route: HttpRoute) => admin().get<HttpRoute>(referenceTo(route));
  const judge = async (
    route: HttpRoute,
    gateway: GatewayName,
    settings = settingsOf(gateway),
  ) => {
    const snapshot = await world().snapshot();
    return world().judge(await live(route), snapshot, settings);
  };

  /** What the controller of a Gateway has written about the route as it stands; undefined where it has not yet. */
  const conditionsOf = (route: HttpRoute, gateway: GatewayName) => {
    const ours = (route.status?.parents ?? []).filter(
      ({ controllerName }) =>
        controllerName === settingsOf(gateway).gateway.controller,
    );
    const conditions = ours.flatMap(parent => parent.conditions ?? []);
    const isCurrent = CONTENT.every(type =>
      conditions.some(
        condition =>
          condition.type === type &&
          condition.observedGeneration === route.metadata.generation,
      ),
    );
    return isCurrent ? conditions : undefined;
  };
  const waitUntilWritten = (
    route: HttpRoute,
    gateway: GatewayName,
    wanted: string,
  ) =>
    waitFor(`${gateway} to write ${wanted}`, async () => {
      const written = summary(conditionsOf(await live(route), gateway));
      if (written !== wanted) throw new Error(`it writes ${written}`);
      return written;
    });

  /** What an admin reads of a Gateway and its listeners. */
  const gatewayParts = async (gateway: GatewayName) => {
    const snapshot = await world().snapshot();
    return evaluatePlatform({
      snapshot,
      settings: settingsOf(gateway),
      now: snapshot.observedAt,
    })
      .filter(({ part }) =>
        ['gatewayclass', 'gateway', 'listener'].includes(part),
      )
      .map(({ part, state, findings }) =>
        [part, state, ...findings.map(({ reason }) => reason)].join(' '),
      );
  };

  return {
    world,
    admin,
    settingsOf,
    apply,
    judge,
    conditionsOf,
    waitUntilWritten,
    gatewayParts,
  };
}

export type Judging = ReturnType<typeof judgingIn>;
