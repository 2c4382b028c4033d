import { CONDITION_REASONS, type JudgedObject } from './conditionReasons';
import list from './testdata/gatewayApiConditions.json';

interface Known {
  object: string;
  type?: string;
  status?: string;
  reason: string;
  deprecated?: boolean;
}

/** Objects as the Gateway API's constants name them. */
const OBJECTS: Record<string, JudgedObject> = {
  Route: 'HTTPRoute',
  ListenerSet: 'ListenerSet',
  ListenerEntry: 'Listener',
  Listener: 'Listener',
  Gateway: 'Gateway',
  GatewayClass: 'GatewayClass',
};

/** Objects whose conditions are not read, with the reason why. */
const NOT_JUDGED: Record<string, string> = {
  Policy:
    "a BackendTLSPolicy is not read: what it does to a route stands in the route's ResolvedRefs",
};

const KNOWN: Known[] = list.conditions;

const title = ({ object, type, status, reason }: Known) =>
  [object, type, status, reason].filter(part => part !== undefined).join(' ');

/** The entries of a type and reason, of one status or, where the list does not name it, of any. */
function entriesFor({ object, type, status, reason }: Known) {
  const types = CONDITION_REASONS[OBJECTS[object]];
  return Object.entries(types[type!] ?? {})
    .filter(([candidate]) => status === undefined || candidate === status)
    .flatMap(([, reasons]) => reasons[reason] ?? []);
}

describe('the table has, of the Gateway API,', () => {
  const judged = KNOWN.filter(
    ({ object, deprecated }) => !deprecated && !(object in NOT_JUDGED),
  );

  it.each(judged.map(known => [title(known), known] as const))(
    '%s',
    (_, known) => {
      expect(entriesFor(known)).not.toEqual([]);
    },
  );

  it('each object, or says why it is not judged', () => {
    for (const { object } of KNOWN) {
      expect({ ...OBJECTS, ...NOT_JUDGED }).toHaveProperty(object);
    }
  });
});

describe('the list of the Gateway API', () => {
  it('names what is deprecated, and those alone are left out', () => {
    const deprecated = KNOWN.filter(known => known.deprecated).map(title);
    expect(deprecated).toEqual([
      'Gateway ListenersNotReady',
      'Gateway Ready',
      'Gateway Accepted False NotReconciled',
      'Gateway Scheduled Scheduled',
      'GatewayClass Waiting',
      'Listener Ready',
      'Listener Detached Attached',
      'Listener Ready Invalid',
      'Listener Ready Pending',
      'ListenerEntry Ready',
    ]);
  });

  it("has each type and reason that the table calls the Gateway API's", () => {
    const known = new Set(
      KNOWN.map(
        ({ object, type, reason }) => `${OBJECTS[object]} ${type} ${reason}`,
      ),
    );
    const isKnown = (object: string, type: string, reason: string) =>
      known.has(`${object} ${type} ${reason}`) ||
      known.has(`${object} undefined ${reason}`) ||
      // Of the deprecated type nothing but its name is left.
      type === 'Detached' ||
      // The Gateway's reason, as controllers repeat it for its listeners.
      (object === 'Listener' && reason === 'AddressNotAssigned');
    const strange = Object.entries(CONDITION_REASONS).flatMap(
      ([object, types]) =>
        Object.entries(types).flatMap(([type, byStatus]) =>
          Object.values(byStatus).flatMap(reasons =>
            Object.entries(reasons)
              .filter(([, { sources }]) => sources.includes('Gateway API'))
              .filter(([reason]) => !isKnown(object, type, reason))
              .map(([reason]) => `${object} ${type} ${reason}`),
          ),
        ),
    );
    expect(strange).toEqual([]);
  });
});
