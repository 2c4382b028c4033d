import { findCondition } from '../gateway-api/conditions';
import {
  generationOf,
  isCurrent,
  isSurelyCurrent,
  listenerStatus,
  routeCondition,
  type HostInput,
} from './input';

/** Has the controller taken up the route as it stands now, with everything that it refers to? */
export const isAccepted = (input: HostInput): boolean =>
  ['Accepted', 'ResolvedRefs'].every(type => {
    const condition = routeCondition(input, type);
    return (
      condition?.status === 'True' &&
      isSurelyCurrent(condition, input.generation)
    );
  });

/** Does the controller say, of the route as it stands now, that it does not take it? Then the gateway knows no such route. */
export function isRefused(input: HostInput): boolean {
  const accepted = routeCondition(input, 'Accepted');
  return (
    !input.primary ||
    (accepted?.status === 'False' && isCurrent(accepted, input.generation))
  );
}

/** Does the controller say, of route and listener as they stand now, that the host is served? */
export function saysServed(input: HostInput): boolean {
  const holder = input.primary?.listenerSet ?? input.primary?.gateway;
  const programmed = findCondition(
    listenerStatus(input)?.conditions,
    'Programmed',
  );
  return (
    holder !== undefined &&
    isAccepted(input) &&
    programmed?.status === 'True' &&
    isSurelyCurrent(programmed, generationOf(holder))
  );
}
