/** The Networking tab of a component, its overview card and its link. */
export const tab = {
  title: 'Public URLs',
  back: 'All public URLs',
  expose: 'Expose',
  exposeOf: 'Expose {{title}}',
  none: '{{title}} has no public URL.',
  noneYet: '{{title}} has no public URL yet.',
  noneKnown: 'No public URL of {{title}} is known.',
  howTo:
    "Pick a Service to get an HTTPS URL. You'll see the exact change before it's applied.",
  ask: 'Ask the owner to expose it.',
  askOwner: 'Ask {{owner}} to expose it.',
  news: '{{host}} is now {{word}}. {{sentence}}',
  find: 'Find a URL',
  findHint: 'Host, Service, namespace or state',
  urls_one: '{{count, number}} URL',
  urls_other: '{{count, number}} URLs',
  found_one: '{{count, number}} URL found',
  found_other: '{{count, number}} URLs found',
  noMatch: 'No URL matches. Clear the search to see all.',
  onlyFirst: 'The first {{n, number}} are listed. Search to find the others.',
} as const;

export const card = {
  title: 'Networking',
  all_one: 'All {{count, number}} URLs',
  all_other: 'All {{count, number}} URLs',
} as const;

/** The link on the About card. */
export const link = {
  label: 'Visit site',
  loading: 'Looking up the URL',
  forbidden: "You can't see the public URLs of this component",
  failed: "Can't load the URL",
  none: 'This component has no public URL',
  unknown: 'No URL of this component is known',
  servedUnknown: 'This component is served, but its URL is unknown',
  notServed: 'No listener of the gateway serves this component',
} as const;

/** One exposure. */
export const exposure = {
  more: 'More for {{host}}',
  saidAbove: 'Same reason as for every host of the cluster: see above.',
  managedBy: 'Managed by {{manager}}; edit it where {{manager}} takes it from.',
  managedElsewhere: 'Managed outside Backstage; edit it at its source.',
  findings: 'Findings',
  services: 'Services',
  noService: 'The route has no Service.',
  weight: 'Weight {{weight, number}}',
  endpoints_one: '{{ready, number}} of {{count, number}} endpoint ready',
  endpoints_other: '{{ready, number}} of {{count, number}} endpoints ready',
  endpointsUnknown: 'Endpoints unknown',
  route: 'Route',
  cluster: 'Cluster',
  manager: 'Managed by',
  thisPlugin: 'this plugin',
  somebodyElse: 'outside Backstage',
  why: "Why it's listed",
  reason: {
    annotation: 'annotated with this component',
    'kubernetes-id':
      'its label backstage.io/kubernetes-id names this component',
    'label-selector': "matches this component's label selector",
    service: 'routes to a Service of this component',
  },
  yaml: 'YAML',
  yamlOf: 'YAML of {{name}}',
} as const;

export const check = {
  now: 'Check now',
  nowOf: 'Check {{host}} now',
  againIn: 'Again in {{n, number}} s',
  waitsOf: 'Check {{host}} now: available again shortly',
  again_one: 'Try again in {{count, number}} second.',
  again_other: 'Try again in {{count, number}} seconds.',
  asking: 'Checking {{host}}…',
  asked: '{{host}} was just checked.',
  askedBefore: '{{host}} was checked a moment ago; try again shortly.',
  failed: "Couldn't check {{host}}. {{message}}",
} as const;

/** The path of a request. */
export const way = {
  label: 'Request path to {{host}}',
  ok: 'OK',
  waiting: 'Waiting',
  failing: 'Fails here',
  refused: 'Refused by browsers',
  unknown: 'Unknown',
  client: 'Client',
  listener: 'Listener {{name}}',
  route: 'Route {{name}}',
  service: 'Service {{name}}',
} as const;

/** TLS in one line. */
export const tls = {
  state: 'TLS: {{state}}',
  none: 'No TLS',
  issuedBy: 'Issued by {{issuer}}',
  toBeIssuedBy: 'To be issued by {{issuer}}',
  notCovered: "Doesn't cover this host",
  trustedThrough: 'Verified by the CA {{name}}',
} as const;
