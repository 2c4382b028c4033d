import { attachments } from '../gateway-api/attachments';
import { normalizeHostname } from '../gateway-api/hostname';
import { stringsOf } from '../gateway-api/lenient';
import { parentStatusFor } from '../gateway-api/parents';
import { httpsRedirectPort } from '../gateway-api/redirects';
import type { HttpRoute } from '../gateway-api/types';
import { isOurs } from '../verdicts/reach';
import { generationOf } from '../verdicts/input';
import type { Finding, Subject } from '../verdicts/types';
import { REDIRECT_NAME } from './gateway';
import {
  conditionFindings,
  finding,
  isProbed,
  part,
  titleOf,
  type PlatformInput,
} from './part';
import { PLATFORM_REASONS as REASON } from './reasons';
import type { PlatformPart } from './types';

const isForAll = (route: HttpRoute, wildcard: string) => {
  const hosts = stringsOf(route.spec?.hostnames).map(normalizeHostname);
  return hosts.length === 0 || hosts.includes(wildcard);
};

/** The route that sends requests in clear to HTTPS, whatever its name. */
export function redirectPart(input: PlatformInput): PlatformPart {
  const { snapshot, settings } = input;
  const { gateway, network } = settings;
  const wildcard = `*.${network.dnsSuffix ?? ''}`;
  const found = snapshot
    .list('HTTPRoute')
    .filter(
      route =>
        httpsRedirectPort(route) !== undefined &&
        (network.dnsSuffix === undefined || isForAll(route, wildcard)),
    )
    .map(route => ({
      route,
      ours: attachments(route, snapshot).filter(one => isOurs(one, settings)),
    }))
    .find(({ ours }) =>
      ours.some(({ listener }) => listener?.protocol === 'HTTP'),
    );
  const subject: Subject = {
    kind: 'HTTPRoute',
    name: found?.route.metadata.name ?? REDIRECT_NAME,
    namespace: found?.route.metadata.namespace ?? gateway.namespace,
    cluster: settings.cluster,
  };
  const title = titleOf(subject);
  const findings: Finding[] = [];
  if (!found) {
    const gap = snapshot.gaps.find(({ kind }) => kind === 'HTTPRoute');
    findings.push(
      gap
        ? finding(
            'info',
            REASON.notKnown,
            subject,
            'Routes cannot be read, so whether requests in clear are sent to HTTPS is not known.',
            `Let this plugin read HTTPRoutes on cluster ${settings.cluster}.`,
          )
        : finding(
            'warning',
            REASON.redirectMissing,
            subject,
            'Requests in clear are not sent to HTTPS: no route on the http listener redirects them.',
            'Apply the platform again.',
          ),
    );
  } else {
    const { route, ours } = found;
    const port = httpsRedirectPort(route);
    if (ours.some(({ listener }) => listener?.protocol === 'HTTPS')) {
      findings.push(
        finding(
          'error',
          REASON.redirectLoop,
          subject,
          `${title} also attaches to the https listener: a request for a host without a route of its own is redirected to itself for ever.`,
          `Set sectionName: ${gateway.httpSection} on its parentRef.`,
        ),
      );
    }
    if (port !== network.publicHttpsPort) {
      findings.push(
        finding(
          'error',
          REASON.redirectPort,
          subject,
          `Requests in clear are sent to port ${port}, and people reach the gateway on port ${network.publicHttpsPort}.`,
          `Set port: ${network.publicHttpsPort} in the redirect of ${title}.`,
        ),
      );
    }
    const [http] = ours.filter(({ listener }) => listener?.protocol === 'HTTP');
    findings.push(
      ...conditionFindings({
        subject,
        title,
        generation: generationOf(route),
        conditions: parentStatusFor(route, http.parentRef, gateway.controller)
          ?.conditions,
        controller: gateway.controller,
        requirements: [
          {
            type: 'Accepted',
            reason: REASON.notAccepted,
            consequence:
              'is refused by the controller: requests in clear are not sent to HTTPS',
            remedy: `Change in ${title} what the controller's message names.`,
          },
        ],
      }),
    );
  }
  return part({
    part: 'redirect',
    name: subject.name,
    namespace: subject.namespace,
    findings,
    good: isProbed(input)
      ? 'Requests in clear are sent to HTTPS.'
      : 'Requests in clear are to be sent to HTTPS, which nobody checks on this cluster.',
    facts: { port: found && httpsRedirectPort(found.route) },
  });
}
