/** The dialog that hands over a CA. */
export const ca = {
  button: 'Trust this CA',
  title: 'Trust the CA of cluster {{cluster}}',
  profileName: 'CA of cluster {{cluster}}',
  nothingToDo: 'Nothing to do',
  publicCa:
    'A public CA signed what the gateway uses: browsers and systems trust it already.',
  verifiesNone_one: "This CA doesn't verify what the gateway uses now.",
  verifiesNone_other: 'None of these CAs verifies what the gateway uses now.',
  lacksRoot_one:
    "Some programs reject the gateway's hosts even if they trust this CA: the root above an intermediate is unknown.",
  lacksRoot_other:
    "Some programs reject the gateway's hosts even if they trust these CAs: the root above an intermediate is unknown.",
  verifies_one:
    'A client that trusts this CA verifies every host of the gateway.',
  verifies_other:
    'A client that trusts these CAs verifies every host of the gateway.',
  compare_one:
    'Compare the fingerprint with the one your platform admins publish before you trust it.',
  compare_other:
    'Compare the fingerprints with those your platform admins publish before you trust them.',
  noKey: 'Downloads contain no private key.',
  enough: 'Who the file is enough for',
  enoughFor: 'Enough for',
  notEnoughFor: 'Not enough for',
  client: '{{name}} ({{note}})',
  current: 'current CA, in use',
  inUseOther: 'in use; another CA signs now',
  inUseUnknown: 'in use; the current CA is unknown',
  signsOnly: 'current CA; not in use yet',
  settingsOnly: "from the settings; doesn't verify what's in use",
  subject: 'Subject',
  valid: 'Valid',
  validFromUntil: 'from {{from}} until {{until}}',
  fingerprint: 'SHA-256 fingerprint',
  copyFingerprint: 'Copy fingerprint',
  fingerprintOf: 'fingerprint of {{name}}',
  downloadPem: 'Download {{file}} (PEM)',
  downloadDer: 'Download {{file}} (DER)',
  download: 'Download {{file}}',
  where: 'Where to trust it',
  commandsFor: 'Commands for {{name}}',
  undo: 'Remove it',
  undoCommandsFor: 'Commands that remove it: {{name}}',
  urlPlaceholder: 'Replace URL with that of a host of this cluster.',
} as const;
