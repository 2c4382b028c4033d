/** The form that exposes a Service or changes an exposure. */
export const form = {
  heading: 'Expose {{title}}',
  headingEdit: 'Edit {{host}}',
  exposeAt: 'Expose at {{url}}',
  expose: 'Expose',
  save: 'Save changes',
  noService: 'No Service of {{title}} was found.',
  noServiceRemedy:
    'Label the Service with backstage.io/kubernetes-id, or name its namespace and selector in the annotations of the component.',
  urlStays:
    "The URL can't be changed here. Expose the new one, then remove this one.",
  overwrite: 'Overwrite changes made by others',
  overwriteOf: 'Overwrite changes made by {{managers}}',
  nothingWritten: 'No changes were applied.',
  refresh: 'Refresh plan',
  service: 'Service',
  chooseService: 'Choose a Service',
  nothingToExpose: 'No Service to expose',
  port: 'Port',
  choosePort: 'Choose a port',
  refused_one: "{{count, number}} Service can't be exposed",
  refused_other: "{{count, number}} Services can't be exposed",
  subdomain: 'Subdomain',
  subdomainHint:
    'The first part of the URL: lower-case letters, digits and dashes.',
  urlShowsHere: 'The URL shows here.',
  checking: 'Checking availability…',
  notChecked: "Couldn't check availability: {{message}}",
  free: 'This URL is available.',
  own: 'This component already uses this URL.',
  use: 'Use {{label}}',
  traffic: 'This redirects live traffic',
  confirmTraffic: 'Redirect live traffic',
} as const;

/** What the form is about to do. */
export const plan = {
  title: 'What will happen',
  working: 'Updating…',
  hint: 'Choose a Service and a port. The exact YAML shows here before anything is applied.',
  create: 'HTTPRoute {{name}} will be created in cluster {{cluster}}.',
  createUnnamed: 'A route will be created in cluster {{cluster}}.',
  update_one: 'HTTPRoute {{name}} will change in {{count, number}} field.',
  update_other: 'HTTPRoute {{name}} will change in {{count, number}} fields.',
  unchanged: 'No changes to apply.',
  refused: "Can't apply yet",
  changes: 'Changes',
  field: 'Field',
  current: 'Current',
  new: 'New',
  absent: '(not set)',
  removed: '(removed)',
  yaml: 'YAML to apply',
} as const;

/** While a change is applied. */
export const apply = {
  writing: 'Applying the change…',
  waiting: 'Waiting for the first answer…',
  stillBroken: 'Not working yet; checking every 2 s',
  live: "It's live",
  broken: 'Not working yet',
  noAnswer: 'No answer yet',
  edit: 'Edit',
  background: 'Continue in background',
} as const;

export const removal = {
  title: 'Remove {{host}}',
  effect: 'The gateway will return 404 for:',
  keepsRunning_one:
    'Service {{services}} keeps running; in-cluster traffic is unaffected.',
  keepsRunning_other:
    'Services {{services}} keep running; in-cluster traffic is unaffected.',
  deleted: 'HTTPRoute {{name}} will be deleted from cluster {{cluster}}.',
  nothing: 'Nothing was removed.',
  conflict: 'Close this, check what changed, then remove it again if needed.',
} as const;

/** The fields of software templates. */
export const picker = {
  chooseForServices: 'Choose a component first: its Services show here.',
  chooseForHost: 'Choose a component first: its URL shows here.',
} as const;
