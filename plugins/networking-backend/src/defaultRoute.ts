import {
  createServiceFactory,
  createServiceRef,
} from '@backstage/backend-plugin-api';
import { findDefaultRoute, type DefaultRoute } from './io/configFile';

/** Finds the address of the machine that runs Backstage. @public */
export interface DefaultRouteService {
  /** Sends no packet. Undefined where the machine has no default route. */
  find(): DefaultRoute | undefined;
}

/**
 * Where the address comes from that is used while no setting names one. Default: this machine's routing table. A test puts another in
 * its place, so that it dials loopback alone.
 *
 * @public
 */
export const defaultRouteServiceRef = createServiceRef<DefaultRouteService>({
  id: 'networking.default-route',
  defaultFactory: async service =>
    createServiceFactory({
      service,
      deps: {},
      factory: () => ({ find: () => findDefaultRoute() }),
    }),
});
