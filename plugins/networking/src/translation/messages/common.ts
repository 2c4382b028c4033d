/** Words of everything that is not a URL. */
export const health = {
  healthy: 'Healthy',
  warning: 'Warning',
  critical: 'Critical',
  unknown: 'Unknown',
} as const;

/** Words of a URL, by the values of the API. */
export const verdict = {
  Live: 'Live',
  Pending: 'Pending',
  Degraded: 'Degraded',
  Broken: 'Broken',
  Unknown: 'Unknown',
} as const;

/** Found on several screens. */
export const common = {
  /** Two facts beside each other. */
  counted: '{{n, number}} {{word}}',
  number: '{{n, number}}',
  more_one: 'and {{count, number}} more',
  more_other: 'and {{count, number}} more',
  inCluster: 'in cluster {{cluster}}',
  cluster: 'Cluster {{cluster}}',
  host: 'any host',
  none: 'none',
  edit: 'Edit',
  editOf: 'Edit {{host}}',
  remove: 'Remove',
  open: 'Open',
  openOf: 'Open {{url}} in a new tab',
  details: 'Details',
  cancel: 'Cancel',
  close: 'Close',
  done: 'Done',
  retry: 'Try again',
  clearFilters: 'Clear filters',
  all: 'All',
  option: '{{name}} ({{n, number}})',
  orderAnew: 'Sort again',
  pages: 'Pages',
  firstPage: 'First page',
  previousPage: 'Previous page',
  nextPage: 'Next page',
  pageOf: 'Page {{page, number}} of {{pages, number}}',
  checked: 'Checked {{age}}.',
} as const;

export const copy = {
  idle: 'Copy',
  copied: 'Copied',
  failed: 'Not copied',
  of: 'Copy {{what}}',
  copiedOf: 'Copied: {{what}}',
  failedOf: 'Not copied: {{what}}',
} as const;

/** Times from now on and back. What is further away than 60 days is a date. */
export const time = {
  now: 'just now',
  secondsAgo_one: '{{count, number}} second ago',
  secondsAgo_other: '{{count, number}} seconds ago',
  minutesAgo_one: '{{count, number}} minute ago',
  minutesAgo_other: '{{count, number}} minutes ago',
  hoursAgo_one: '{{count, number}} hour ago',
  hoursAgo_other: '{{count, number}} hours ago',
  daysAgo_one: '{{count, number}} day ago',
  daysAgo_other: '{{count, number}} days ago',
  inSeconds_one: 'in {{count, number}} second',
  inSeconds_other: 'in {{count, number}} seconds',
  inMinutes_one: 'in {{count, number}} minute',
  inMinutes_other: 'in {{count, number}} minutes',
  inHours_one: 'in {{count, number}} hour',
  inHours_other: 'in {{count, number}} hours',
  inDays_one: 'in {{count, number}} day',
  inDays_other: 'in {{count, number}} days',
  days_one: '{{count, number}} day',
  days_other: '{{count, number}} days',
  hours_one: '{{count, number}} hour',
  hours_other: '{{count, number}} hours',
  withAge: '{{time}} ({{age}})',
  thenAge: '{{time}}, {{age}}',
  expiredToday: 'expired less than a day ago',
  expiredDaysAgo_one: 'expired {{count, number}} day ago',
  expiredDaysAgo_other: 'expired {{count, number}} days ago',
  lastDay: 'less than a day left',
  daysLeft_one: '{{count, number}} day left',
  daysLeft_other: '{{count, number}} days left',
  validUntil: 'valid until {{date}}',
  validUntilOnHover: 'Valid until {{date}}',
} as const;

export const finding = {
  blocking: "Can't apply yet",
  confirm: 'Confirm',
  error: 'Critical',
  warning: 'Warning',
  info: 'Note',
  about: 'About',
  subject: '{{kind}} {{name}}',
  subjectInCluster: '{{kind}} {{name}} in cluster {{cluster}}',
  field: 'Field',
} as const;

/** What could not be read, by what it is. `name` says of what. */
export const failure = {
  title: {
    exposures: "Can't load the public URLs of {{name}}",
    hosts: "Can't load the public URLs",
    exposure: "Can't load {{name}}",
    services: "Can't load the Services of {{name}}",
    manifest: "Can't load the YAML",
    certificates: "Can't load the certificates",
    certificate: "Can't load the certificate details",
    history: "Can't load the history",
    platform: "Can't load the platform's health",
    settings: "Can't load the settings",
    ca: "Can't load the CA certificate",
  },
  forbidden: {
    exposures: "You can't see the public URLs of {{name}}.",
    hosts: "You can't see the public URLs.",
    exposure: "You can't see {{name}}.",
    services: "You can't expose {{name}}.",
    manifest: "You can't see the YAML.",
    certificates: "You can't see the certificates.",
    certificate: "You can't see the certificate details.",
    history: "You can't see the history.",
    platform: "You can't see the platform's health.",
    settings: "You can't see the settings.",
    ca: "You can't see the CA certificate.",
  },
  loading: {
    exposures: 'Loading public URLs',
    hosts: 'Loading public URLs',
    exposure: 'Loading {{name}}',
    services: 'Loading Services',
    manifest: 'Loading the YAML',
    certificates: 'Loading certificates',
    certificate: 'Loading the certificate details',
    history: 'Loading the history',
    platform: "Loading the platform's health",
    settings: 'Loading the settings',
    ca: 'Loading the CA certificate',
  },
  notFound: 'Not found',
  conflict: 'Changed in the meantime',
  remedy: {
    forbidden: 'Ask the owner or a platform admin for access.',
    forbiddenOwner: 'Ask {{owner}}.',
    notFound: 'Check that it exists and that you can see it in the catalog.',
    conflict: 'Reload it.',
    error: 'Retrying…',
  },
  permission: 'Ask a platform admin for the permission {{permission}}.',
} as const;

export const cluster = {
  unreachable: "Cluster {{cluster}} doesn't respond.",
  nothingKnown:
    "Cluster {{cluster}} doesn't respond, and nothing is known about it yet.",
  asOf: 'Showing what was read {{age}}.',
  staleBecause: 'Last updated {{age}}: {{message}} Retrying…',
  stale: "Last updated {{age}}; can't reach Backstage. Retrying…",
  none: 'No cluster is configured.',
  noneRemedy:
    'A Backstage admin adds one under kubernetes.clusterLocatorMethods in app-config.',
} as const;
