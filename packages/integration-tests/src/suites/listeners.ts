import type { Judging } from '../gateways/judging';
import {
  gatewayOf,
  LISTENER_CASES,
  listenerVerdict,
} from '../gateways/listeners';
import { routeOf } from '../gateways/routes';
import type { GatewayName } from '../gateways/world';
import { waitFor } from '../world/waitFor';

/** What is read of a healthy route whose listener has a fault, each on a Gateway of its own. */
export function listeners(
  { apply, judge, settingsOf }: Judging,
  name: GatewayName,
) {
  it.each(Object.keys(LISTENER_CASES))('%s', async sentence => {
    const { gateway, settings } = gatewayOf(sentence, settingsOf(name));
    const route = routeOf('is healthy', name, settings);
    route.metadata.name = gateway.metadata.name;
    route.spec!.hostnames = [
      `${gateway.metadata.name}.${settings.network.dnsSuffix}`,
    ];
    await apply(gateway);
    await apply(route);
    const wanted = listenerVerdict(sentence, name);
    const { verdict } = await waitFor(
      `the verdict to be ${wanted}`,
      async () => {
        const seen = await judge(route, name, settings);
        const { word, finding } = seen.verdict;
        const reads = `${word} ${finding.reason}`;
        if (reads !== wanted) throw new Error(`it is ${reads}`);
        return seen;
      },
    );
    expect(verdict.finding.remedy).toBeTruthy();
  });
}
