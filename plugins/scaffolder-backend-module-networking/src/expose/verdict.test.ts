import type { Verdict } from 'backstage-plugin-networking-common';
import {
  exposureOf,
  finding,
  planOf,
  verdict,
} from '../__testUtils__/fakeBackend';
import { judge, sentence } from './verdict';

const plan = planOf({ entityRef: 'component:default/docs' });
const options = { url: 'https://docs.example', timeoutMs: 60_000 };
const service = { kind: 'Service', name: 'docs' };

describe('judge', () => {
  const cases: Record<
    string,
    [
      summary: Verdict,
      verified: boolean,
      outcome: { tlsReady: boolean; ends: 'well' | 'warned' | 'failed' },
    ]
  > = {
    'answers, and the certificate verifies': [
      verdict('Live'),
      true,
      { tlsReady: true, ends: 'well' },
    ],
    'answers, but the certificate does not verify': [
      verdict('Degraded'),
      false,
      { tlsReady: false, ends: 'warned' },
    ],
    'answers with a warning, and the certificate verifies': [
      verdict('Degraded'),
      true,
      { tlsReady: true, ends: 'warned' },
    ],
    'the gateway refuses the route': [
      verdict('Broken', { reason: 'NotAllowedByListeners' }),
      false,
      { tlsReady: false, ends: 'failed' },
    ],
    'the Service has no endpoints yet': [
      verdict('Broken', { reason: 'NoReadyEndpoints', subject: service }),
      true,
      { tlsReady: false, ends: 'warned' },
    ],
    'the Service answers 503': [
      verdict('Broken', { reason: 'AnswersError' }),
      true,
      { tlsReady: false, ends: 'warned' },
    ],
    'the gateway may still change its mind': [
      verdict('Pending', { reason: 'NotAllowedByListeners' }),
      false,
      { tlsReady: false, ends: 'warned' },
    ],
    'the controller has not answered': [
      verdict('Pending'),
      true,
      { tlsReady: false, ends: 'warned' },
    ],
    'it cannot be seen': [
      verdict('Unknown'),
      false,
      { tlsReady: false, ends: 'warned' },
    ],
  };

  it.each(Object.entries(cases))('%s', (_, [summary, verified, outcome]) => {
    const { tlsReady, failure, warning } = judge(
      exposureOf(plan, summary, { verified }),
      options,
    );
    const without = warning ? 'warned' : 'well';
    expect({ tlsReady, ends: failure ? 'failed' : without }).toEqual(outcome);
  });

  it.each(['ProbeOff', 'ProbeAddressUnknown', 'GatewayNotShown'])(
    'does not say that it waited for an answer where hosts are not checked: %s',
    reason => {
      const summary = verdict('Unknown', { reason, message: 'Not checked' });
      expect(judge(exposureOf(plan, summary), options)).toEqual({
        tlsReady: false,
        warning: 'Not checked.',
      });
    },
  );

  it('is not ready while one of two hosts does not verify', () => {
    const exposure = exposureOf(plan, verdict('Live'));
    const [host] = exposure.hosts;
    expect(
      judge(
        { ...exposure, hosts: [host, { ...host, probe: undefined }] },
        options,
      ).tlsReady,
    ).toBe(false);
  });

  it('is not ready without a host', () => {
    const exposure = exposureOf(plan, verdict('Live'));
    expect(judge({ ...exposure, hosts: [] }, options).tlsReady).toBe(false);
  });
});

describe('sentence', () => {
  it.each([
    ['Requests get 500', undefined, 'Requests get 500.'],
    ['Requests get 500.', undefined, 'Requests get 500.'],
    [
      'Requests get 500',
      'Choose another Service',
      'Requests get 500. Choose another Service.',
    ],
    ['Is it there?', 'Look.', 'Is it there? Look.'],
  ])('%s %s', (message, remedy, wanted) => {
    expect(sentence(finding({ message, remedy }))).toBe(wanted);
  });
});
