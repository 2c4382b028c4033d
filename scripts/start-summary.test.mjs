import assert from 'node:assert/strict';
import { test } from 'node:test';

import { describeAccepted, describeResult } from './start-summary.mjs';

const url = new URL('https://docs.127-0-0-1.nip.io:30443/');
const here = {
  baseUrl: 'http://127.0.0.1:7007',
  caFile: `${process.cwd()}/.local/start/ca.crt`,
  kubeconfigFile: `${process.cwd()}/.local/start/platform/kubeconfig/admin.json`,
};
const ca = { pem: 'PEM', findings: [] };
const noCa = {
  trouble: 'The CA of cluster local is not known.',
  findings: [],
};
const answer = {
  status: 200,
  firstLine: 'docs says hello',
  signer: { name: 'idp-demo-ca', sha256: 'AB:CD' },
};
const exposureWith = (verdict, tls = { reason: 'CertificateGood' }) => ({
  verdict,
  tls: { finding: tls },
  hosts: [{ host: url.hostname }],
});
const live = exposureWith({
  word: 'Live',
  finding: { reason: 'Answered', message: 'Requests are answered.' },
});
const oldKey = {
  reason: 'CertificateOfOldCaKey',
  message: 'Browsers refuse this certificate.',
  remedy: "Ask the platform's admins to renew Certificate kube-system/x.",
};
const untrusted = exposureWith({ word: 'Broken', finding: oldKey }, oldKey);
const noEndpoints = exposureWith({
  word: 'Broken',
  finding: {
    reason: 'NoReadyEndpoints',
    message: 'Requests get 503.',
    remedy: 'Start a pod.',
  },
});

const CURL =
  /curl --cacert \.local\/start\/ca\.crt --resolve docs\.127-0-0-1\.nip\.io:30443:127\.0\.0\.1 https:\/\/docs\.127-0-0-1\.nip\.io:30443\/\n/;
const VERIFIED = /verified by the CA idp-demo-ca, SHA-256 AB:CD\n/;
const BREAK =
  /break the TLS of docs as README\.md tells .*kubeconfig: \.local\/start\/platform\/kubeconfig\/admin\.json/;
const MEND = /sign in as Alex .*Certificates.* has Renew/;
const TAB = /Sam, open the component docs and its Networking tab/;

/** `has` and `lacks`: what the end of a start with the gateway of the settings says, and what it does not. */
const ends = {
  'an answer with the CA that verified it, a curl line that works, and TLS to break':
    {
      shown: { exposure: live, url, ca, answer },
      has: [
        /^ {2}https:\/\/docs\S+ answered 200: docs says hello\n/m,
        VERIFIED,
        CURL,
        BREAK,
      ],
      lacks: [/Live/, /Broken/, MEND, TAB],
    },
  'a certificate in trouble with the remedy, what a client gets that trusts the file, and who can mend it':
    {
      shown: {
        exposure: untrusted,
        url,
        ca: { pem: 'PEM', findings: [{ message: 'Both CAs are in it.' }] },
        answer,
      },
      has: [
        /^ {2}https:\/\/docs\S+\n {2}Broken: Browsers refuse this certificate\.\n {2}Ask the platform's admins to renew/m,
        /With \.local\/start\/ca\.crt it answered 200: docs says hello\n/,
        VERIFIED,
        /\.local\/start\/ca\.crt: Both CAs are in it\.\n/,
        CURL,
        MEND,
      ],
      lacks: [BREAK, TAB],
    },
  'other trouble with the remedy, and the tab that follows it': {
    shown: {
      exposure: noEndpoints,
      url,
      ca,
      answer: { ...answer, status: 503, firstLine: 'no available server' },
    },
    has: [
      /Broken: Requests get 503\.\n {2}Start a pod\.\n/,
      /it answered 503: no available server\n/,
      TAB,
    ],
    lacks: [MEND, BREAK],
  },
  'a verdict that is good beside a request that failed': {
    shown: {
      exposure: live,
      url,
      ca,
      fetchTrouble: 'unable to verify the first certificate',
    },
    has: [
      /Live: Requests are answered\.\n/,
      /A client that trusts \.local\/start\/ca\.crt gets no answer: unable to verify the first certificate\.\n/,
      CURL,
      TAB,
    ],
    lacks: [/answered 200/, /verified by/],
  },
  'that there is no CA, and why, with no file offered to trust': {
    shown: { exposure: live, url, ca: noCa },
    has: [
      /There is no \.local\/start\/ca\.crt: The CA of cluster local is not known\.\n/,
    ],
    lacks: [/curl/, /answered \d/, /verified by/],
  },
  'the host where no listener serves it, so that it has no URL': {
    shown: { exposure: noEndpoints, ca },
    has: [/^ {2}docs\.127-0-0-1\.nip\.io\n {2}Broken: /m],
    lacks: [/curl/, /undefined/],
  },
  'why the component was not exposed': {
    shown: { refusal: 'Host docs is taken. Choose another.', ca },
    has: [
      /The component docs is not exposed: Host docs is taken\. Choose another\.\n/,
      TAB,
    ],
    lacks: [/curl/, /undefined/, MEND],
  },
};

for (const [sentence, { shown, has, lacks }] of Object.entries(ends)) {
  test(`the end of a start tells ${sentence}`, () => {
    const text = describeResult({ ...shown, ...here });
    for (const words of [
      ...has,
      /Open http:\/\/127\.0\.0\.1:7007\n/,
      /Ctrl-C stops everything/,
    ]) {
      assert.match(text, words);
    }
    for (const words of lacks) {
      assert.doesNotMatch(text, words);
    }
  });
}

test('the end of a start without traffic holds the verdict, and no answer that nobody got', () => {
  const exposure = exposureWith({
    word: 'Unknown',
    finding: {
      reason: 'ProbeOff',
      message: 'Accepted, not yet proved: nobody asks.',
      remedy: 'Open it from where the gateway can be reached.',
    },
  });
  const text = describeAccepted({ exposure, url, ca, ...here });
  assert.match(text, /Unknown: Accepted, not yet proved: nobody asks\.\n/);
  assert.match(text, /nothing would answer/);
  assert.match(text, /Open http:\/\/127\.0\.0\.1:7007\n/);
  assert.match(text, BREAK);
  assert.doesNotMatch(text, /curl|answered \d|can be reached/);
});

test('the end of a start without traffic holds trouble with its remedy, and that there is no CA', () => {
  const text = describeAccepted({
    exposure: untrusted,
    url,
    ca: noCa,
    ...here,
  });
  assert.match(text, /Broken: Browsers refuse .*\n {2}Ask the platform's/);
  assert.match(text, /There is no \.local\/start\/ca\.crt: /);
  assert.match(text, MEND);
  assert.doesNotMatch(text, /curl|answered \d|break the TLS/);
});
