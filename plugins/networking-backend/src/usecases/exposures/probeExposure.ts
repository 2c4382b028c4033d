import type {
  ExposureAddress,
  ProbeAnswer,
} from 'backstage-plugin-networking-common';
import { databaseRefusal } from '../../io/database';
import { audited } from '../audit';
import { refusal } from '../refusals';
import { readClusters, type CallContext, type Services } from '../services';
import { evaluateRoutes } from './evaluate';
import { probeTargetsOf, targetsByCa } from './probeTargets';
import { findReadable } from './readExposure';

/**
 * Asks the hosts of an exposure now, as far as they may be asked, and judges it by what is known then. Needs exposure.read
 * on an entity of it.
 *
 * @throws ServiceUnavailableError where no host could be asked since the database, which bounds the probes, fails
 */
export async function probeExposure(
  services: Services,
  address: ExposureAddress,
  { caller, request }: CallContext,
): Promise<ProbeAnswer> {
  return audited(
    services.auditor,
    {
      eventId: 'exposure-probe',
      severityLevel: 'low',
      request,
      meta: { ...address },
    },
    async outcome => {
      const [cluster] = await readClusters(services, { only: address.cluster });
      const readable = await findReadable(services, cluster, address, caller);
      const { settings, state } = cluster;
      const targets = state.reachable
        ? probeTargetsOf(services, cluster, readable.route)
        : [];
      const checks = await Promise.all(
        targetsByCa(targets).map(({ caPem, targets: ofOne }) =>
          services.prober.check(ofOne, { settings, caPem }),
        ),
      );
      const asked = checks.flatMap(check => check.asked);
      outcome.asked = asked.length;
      const failure = services.database.failure();
      if (failure && targets.length > 0 && asked.length === 0) {
        throw refusal([databaseRefusal(failure, 'notChecked')]);
      }
      const [exposure] = await evaluateRoutes(services, cluster, [readable], {
        probes: 'recent',
        reader: caller,
      });
      const times = checks.flatMap(({ againAt }) => againAt ?? []);
      return {
        exposure,
        asked,
        ...(times.length > 0 && {
          againAt: new Date(Math.min(...times)).toISOString(),
        }),
      };
    },
  );
}
