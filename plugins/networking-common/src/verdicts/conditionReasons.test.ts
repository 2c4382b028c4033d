import type { Condition } from '../gateway-api/types';
import {
  CONDITION_POLARITY,
  CONDITION_REASONS,
  isBad,
  meaningOf,
  type JudgedObject,
  type ReasonMeaning,
} from './conditionReasons';
import { throughListenerSet } from './__testUtils__/listenerSet';
import { condition, find, judge, type World } from './__testUtils__/world';

interface Entry {
  object: JudgedObject;
  type: string;
  status: string;
  reason: string;
  meaning: ReasonMeaning;
}

const ALL: Entry[] = Object.entries(CONDITION_REASONS).flatMap(
  ([object, types]) =>
    Object.entries(types).flatMap(([type, byStatus]) =>
      Object.entries(byStatus).flatMap(([status, reasons]) =>
        Object.entries(reasons).map(([reason, meaning]) => ({
          object: object as JudgedObject,
          type,
          status,
          reason,
          meaning,
        })),
      ),
    ),
);

/** Those that say something of a host; what is said of a GatewayClass is the platform's health. */
const ENTRIES = ALL.filter(
  ({ object, meaning }) =>
    object !== 'GatewayClass' && meaning.finding !== undefined,
);

const listenerConditions = (world: World) =>
  find(world, 'Gateway', 'idp-gateway').status!.listeners![1].conditions!;

const conditionsOf: Record<
  Exclude<JudgedObject, 'GatewayClass'>,
  (world: World) => Condition[]
> = {
  HTTPRoute: world => world.route.status!.parents![0].conditions!,
  ListenerSet: world => find(world, 'ListenerSet', 'web').status!.conditions!,
  Listener: listenerConditions,
  Gateway: world => find(world, 'Gateway', 'idp-gateway').status!.conditions!,
};

/** A world that is healthy but for one condition, and in which nobody has asked for anything. */
function judgeEntry({ object, type, status, reason, meaning }: Entry) {
  return judge(world => {
    if (object === 'ListenerSet') {
      throughListenerSet(world);
      // Else the listener itself counts for more than the set.
      find(world, 'ListenerSet', 'web').status!.listeners = [];
    }
    if (object === 'Gateway' && meaning.word === 'Broken') {
      // Else the fault is in another part of the Gateway.
      const conditions = listenerConditions(world);
      Object.assign(conditions.find(one => one.type === 'Programmed')!, {
        status: 'False',
        reason: 'Pending',
      });
    }
    if (reason === 'NoMatchingParent') {
      // Else there is a listener, and the controller will find it.
      world.route.spec!.hostnames = ['shop.example.com'];
    }
    world.probe = undefined;
    const conditions = conditionsOf[object as keyof typeof conditionsOf](world);
    const known = conditions.findIndex(one => one.type === type);
    conditions.splice(
      known < 0 ? conditions.length : known,
      1,
      condition(type, {
        status,
        reason,
        message: 'raw words',
      }),
    );
  });
}

const FALLBACKS = [
  'NotAccepted',
  'RefsNotResolved',
  'ListenerSetNotAccepted',
  'ListenerSetNotProgrammed',
];

describe('the table of reasons', () => {
  it.each(ENTRIES.map(entry => [describeEntry(entry), entry] as const))(
    'has a sentence of its own for %s',
    (_, entry) => {
      const { findings, verdict } = judgeEntry(entry);
      const { finding, word } = entry.meaning;
      const found = findings.find(({ reason }) => reason === finding);
      expect(FALLBACKS).not.toContain(finding);
      expect(found?.message).toMatch(/^[A-Z].*\.$/);
      expect(found?.message).not.toMatch(/undefined|\[object/);
      const isActedOn = word !== undefined && word !== 'Pending';
      expect(found?.remedy ?? '').toMatch(isActedOn ? /^[A-Z].*\.$/ : /^/);
      // A pending part of the gateway may leave another to decide, and nothing proved is Unknown.
      const worst = word === 'Broken' ? ['Broken'] : ['Pending', 'Unknown'];
      expect(worst).toContain(verdict.word);
    },
  );

  it('tells reasons of different findings in different words', () => {
    const byMessage = new Map<string, string>();
    for (const entry of ENTRIES) {
      const finding = entry.meaning.finding!;
      const { findings } = judgeEntry(entry);
      const message = findings.find(
        ({ reason }) => reason === finding,
      )!.message;
      const known = byMessage.get(message) ?? finding;
      expect([message, known]).toEqual([message, finding]);
      byMessage.set(message, finding);
    }
  });

  it('gives a polarity for every type in it', () => {
    for (const { type } of ALL) {
      expect(CONDITION_POLARITY).toHaveProperty(type);
    }
  });

  it('has nothing to say of a state in order', () => {
    const inOrder = ALL.filter(
      ({ type, status }) => isBad({ type, status }) === false,
    );
    expect(inOrder.length).toBeGreaterThan(10);
    for (const { meaning } of inOrder) {
      expect(meaning).not.toHaveProperty('finding');
      expect(meaning).not.toHaveProperty('word');
    }
  });

  it('tells what one reason means with one status from what it means with another', () => {
    const accepted = (status: string) =>
      meaningOf('Gateway', {
        type: 'Accepted',
        status,
        reason: 'ListenersNotValid',
      });
    expect(accepted('True')?.finding).toBeUndefined();
    expect(accepted('False')?.word).toBe('Degraded');
    expect(accepted('Unknown')).toBeUndefined();
    expect(accepted('toString')).toBeUndefined();
  });

  it('takes the first known one of several reasons in one', () => {
    expect(
      meaningOf('HTTPRoute', {
        type: 'ResolvedRefs',
        status: 'False',
        reason: 'Strange,PortNotFound,InvalidKind',
      })?.finding,
    ).toBe('BackendPortMissing');
  });

  it.each(['toString', '__proto__', 'constructor'])(
    'knows nothing of a type or reason named %s',
    name => {
      expect(
        meaningOf('HTTPRoute', { type: name, status: 'False', reason: name }),
      ).toBeUndefined();
      expect(
        meaningOf('HTTPRoute', {
          type: 'Accepted',
          status: 'False',
          reason: name,
        }),
      ).toBeUndefined();
      expect(isBad({ type: name, status: 'True' })).toBeUndefined();
    },
  );
});

describe('polarity of conditions', () => {
  it.each<[string, string, boolean | undefined]>([
    ['Accepted', 'False', true],
    ['Accepted', 'True', false],
    ['PartiallyInvalid', 'True', true],
    ['Conflicted', 'True', true],
    ['Conflicted', 'False', false],
    ['OverlappingTLSConfig', 'True', true],
    ['Detached', 'True', true],
    ['RouteRulesOverlap', 'True', true],
    ['Accepted', 'Unknown', undefined],
    ['example.com/Happy', 'False', undefined],
  ])('%s %s', (type, status, expected) => {
    expect(isBad({ type, status })).toBe(expected);
  });
});

function describeEntry({ object, type, status, reason }: Entry): string {
  return `${object} ${type}=${status} ${reason}`;
}
