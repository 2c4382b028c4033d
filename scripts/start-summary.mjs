/**
 * What `npm start` says once Backstage is up: what was found, where to look, and what to try.
 */
import { relative } from 'node:path';

const DEMO = 'docs';
const relativeToHere = path => relative(process.cwd(), path);
const INDENT = '  ';

/**
 * Where the gateway carries traffic.
 *
 * @param {import('./exposure-demo.mjs').Shown & { baseUrl: string, caFile: string, kubeconfigFile: string }} shown
 */
export function describeResult(shown) {
  const { url, ca, exposure } = shown;
  const file = relativeToHere(shown.caFile);
  const kubeconfig = relativeToHere(shown.kubeconfigFile);
  const isGood = exposure?.verdict.word === 'Live' && shown.answer;
  return summary(
    shown,
    [
      ...(isGood ? [] : describeVerdict(shown)),
      ...describeAnswer(shown, file, isGood ? `${url}` : `With ${file} it`),
      ...describeCa(ca, file),
    ],
    [
      ...(ca.pem && url
        ? [
            `fetch it yourself:\n      curl --cacert ${file} --resolve ${url.hostname}:${url.port}:127.0.0.1 ${url}`,
          ]
        : []),
      ...whereToLook(shown, isGood),
      'sign in as Sam (developer of shop and docs), open the component shop and expose it on its Networking tab',
      'sign in as Pat (developer of payments) and see that shop cannot be changed',
      ...(isOfTls(exposure) && !isGood
        ? []
        : [
            'sign in as Alex (platform admin) and open Networking in the sidebar',
          ]),
      ...(isGood ? [breakTls(kubeconfig)] : []),
    ],
  );
}

/**
 * Where it carries none.
 *
 * @param {Parameters<typeof describeResult>[0]} shown
 */
export function describeAccepted(shown) {
  const file = relativeToHere(shown.caFile);
  const kubeconfig = relativeToHere(shown.kubeconfigFile);
  const isGood = shown.exposure?.verdict.finding.reason === 'ProbeOff';
  return summary(
    shown,
    [
      // Its remedy is to open the URL, where a data plane runs.
      ...describeVerdict(shown, { hasRemedy: !isGood }),
      'No data plane runs here: nobody has asked for this URL, and nothing would answer.',
      ...describeCa(shown.ca, file),
    ],
    [
      ...whereToLook(shown, isGood),
      'sign in as Sam (developer of shop and docs), open the component shop and expose it on its Networking tab',
      'sign in as Alex (platform admin) and open Networking in the sidebar: the Gateway as Cilium reports it',
      ...(isGood ? [breakTls(kubeconfig)] : []),
      'see requests answered, with the other gateway: npm start',
    ],
  );
}

const breakTls = kubeconfig =>
  `break the TLS of ${DEMO} as README.md tells under "Try it" (kubeconfig: ${kubeconfig}), watch its tab, and mend it as Alex under Networking, Certificates`;

function summary({ baseUrl }, found, next) {
  return [
    '',
    ...found,
    '',
    `Open ${baseUrl}`,
    '',
    'Try next',
    ...next.map(line => `· ${line}`),
    '',
    'Ctrl-C stops everything. `npm run reset` empties .local, where all state lies.',
    '',
  ]
    .map(line => (line ? `${INDENT}${line}` : line))
    .join('\n');
}

function describeVerdict(
  { exposure, refusal, url },
  { hasRemedy = true } = {},
) {
  if (!exposure) {
    return [`The component ${DEMO} is not exposed: ${refusal}`];
  }
  const { word, finding } = exposure.verdict;
  const title = url ?? exposure.hosts[0].host;
  return [
    `${title}`,
    `${word}: ${finding.message}`,
    ...(hasRemedy && finding.remedy ? [finding.remedy] : []),
  ];
}

function describeAnswer({ answer, fetchTrouble }, file, title) {
  if (fetchTrouble) {
    return [`A client that trusts ${file} gets no answer: ${fetchTrouble}.`];
  }
  if (!answer) {
    return [];
  }
  const { status, firstLine, signer } = answer;
  return [
    `${title} answered ${status}: ${firstLine}`,
    `Its certificate was verified by the CA ${signer.name}, SHA-256 ${signer.sha256}`,
  ];
}

function describeCa({ trouble, findings }, file) {
  return trouble === undefined
    ? findings.map(({ message }) => `${file}: ${message}`)
    : [`There is no ${file}: ${trouble}`];
}

/** Is the trouble that the verdict rests on its certificate's? */
const isOfTls = exposure =>
  exposure?.verdict.finding.reason !== undefined &&
  exposure.verdict.finding.reason === exposure.tls.finding.reason;

/** Who can mend what was found, and where. */
function whereToLook({ exposure }, isGood) {
  if (isGood) {
    return [];
  }
  return isOfTls(exposure)
    ? [
        'mend it: sign in as Alex (platform admin) and open Networking in the sidebar, then Certificates: it names what is in trouble, and has Renew',
      ]
    : [
        `see more of it: sign in as Sam, open the component ${DEMO} and its Networking tab, which changes as soon as the verdict does`,
      ];
}
