import assert from 'node:assert/strict';
import { test } from 'node:test';

import { settledVerdict } from './settled-verdict.mjs';

const START = Date.parse('2026-01-01T00:00:00Z');
const at = seconds => new Date(START + seconds * 1000).toISOString();

/** An exposure whose host was asked last at some second after the start. */
const exposure = (word, reason, options = {}) => ({
  verdict: { word, finding: { reason, message: '', ...options.finding } },
  findings: (options.beside ?? []).map(name => ({ reason: name })),
  hosts: [
    options.probed === null ? {} : { probe: { at: at(options.probed ?? 1) } },
  ],
});

const live = exposure('Live', 'Answered');
const oldKey = exposure('Broken', 'CertificateOfOldCaKey');
const refused = exposure('Broken', 'ProbeRefused', {
  finding: { details: { at: at(1) } },
});
const pending = exposure('Pending', 'NoStatusYet');
const awayFrom = error => () => {
  throw error;
};

/** `seen`: what is read from a second on. The result is the verdict's reason, and the second it was told. */
const cases = {
  'what is hoped for is told at once': [{ 0: live }, 'Answered', 0],
  'what is hoped for is waited for': [{ 0: pending, 4: live }, 'Answered', 4],
  'a certificate in trouble is told when that has held for some seconds': [
    { 0: oldKey },
    'CertificateOfOldCaKey',
    5,
  ],
  'trouble that passes in these seconds is not told': [
    { 0: oldKey, 4: live },
    'Answered',
    4,
  ],
  'the seconds begin anew with another trouble': [
    { 0: refused, 3: oldKey },
    'CertificateOfOldCaKey',
    8,
  ],
  'what a host answered is given longer, as a gateway may be taking up a change':
    [{ 0: refused }, 'ProbeRefused', 20],
  'a pending verdict is waited out': [{ 0: pending }, 'NoStatusYet', 60],
  'so is one that nobody has asked for yet': [
    { 0: exposure('Unknown', 'NotProbed', { probed: null }) },
    'NotProbed',
    60,
  ],
  'so is trouble that a renewal under way is about to end': [
    {
      0: exposure('Broken', 'CertificateOfOldCaKey', {
        beside: ['CertificateBeingRenewed'],
      }),
      30: live,
    },
    'Answered',
    30,
  ],
  'what a host answered before the start counts only once it was asked again': [
    {
      0: exposure('Broken', 'CertificateOfOldCaKey', { probed: -9 }),
      40: oldKey,
    },
    'CertificateOfOldCaKey',
    45,
  ],
  'a host that is never asked is judged by the cluster alone': [
    { 0: exposure('Broken', 'NotAccepted', { probed: null }) },
    'NotAccepted',
    5,
  ],
  'a read that fails is no sign that a verdict holds': [
    { 0: oldKey, 2: awayFrom(new Error('away')), 12: oldKey },
    'CertificateOfOldCaKey',
    17,
  ],
  'where reads fail to the end, what was seen last is told': [
    { 0: oldKey, 2: awayFrom(new Error('away')) },
    'CertificateOfOldCaKey',
    60,
  ],
};

for (const [sentence, [seen, reason, second]] of Object.entries(cases)) {
  test(sentence, async () => {
    let now = START;
    const seenNow = () => {
      const seconds = Object.keys(seen)
        .map(Number)
        .filter(since => START + since * 1000 <= now);
      const found = seen[Math.max(...seconds)];
      return typeof found === 'function' ? found() : found;
    };
    const told = await settledVerdict({
      first: seenNow(),
      read: async () => seenNow(),
      isReached: ({ word }) => word === 'Live',
      now: () => now,
      sleep: async ms => {
        now += ms;
      },
    });
    assert.equal(told.verdict.finding.reason, reason);
    // To the half second in which it looks.
    assert.equal(Math.floor((now - START) / 1000), second);
  });
}
