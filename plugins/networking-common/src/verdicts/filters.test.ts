import { all, judge, remove, type World } from './__testUtils__/world';
import type { HttpRouteRule } from '../gateway-api/types';

type Change = (world: World) => void;

const failing: Change = ({ probe }) => {
  probe!.http = { status: 500 };
};

const ofService: Change = ({ probe }) => {
  probe!.http!.fromService = true;
};

const ruleWith =
  (...filters: NonNullable<HttpRouteRule['filters']>): Change =>
  world => {
    world.route.spec!.rules![0].filters = filters;
  };

const alone: Change = world => {
  delete world.route.spec!.rules![0].backendRefs;
};

const extension = {
  type: 'ExtensionRef',
  extensionRef: { group: 'example.com', kind: 'Thing', name: 'x' },
};

const mirrorTo = (name: string) => ({
  type: 'RequestMirror',
  requestMirror: { backendRef: { name, port: 8080 } },
});

const beside: Change = world => {
  world.route.spec!.rules!.push({
    matches: [{ path: { type: 'PathPrefix', value: '/api' } }],
    filters: [extension],
    backendRefs: [{ name: 'shop', port: 8080 }],
  });
};

describe('an error 500 of a rule', () => {
  const cases: Record<
    string,
    { change: Change; reason: string; field?: string }
  > = {
    'that an extension filter answers is about the filter': {
      change: all(ruleWith(extension), alone),
      reason: 'AnswersBadFilter',
      field: 'spec.rules[0].filters[0]',
    },
    'with an extension filter before a Service may be about the filter': {
      change: ruleWith(extension),
      reason: 'AnswersBadFilter',
      field: 'spec.rules[0].filters[0]',
    },
    'with copies for a Service that is missing is about those': {
      change: ruleWith(extension, mirrorTo('gone')),
      reason: 'AnswersBadFilter',
      field: 'spec.rules[0].filters[1].requestMirror.backendRef',
    },
    'with copies for a Service that is there is about the answer': {
      change: ruleWith(mirrorTo('shop')),
      reason: 'AnswersError',
    },
    'beside another rule with a filter is about the answer': {
      change: beside,
      reason: 'AnswersError',
    },
    'with an extension filter is about the Service where that has answered': {
      change: all(ruleWith(extension), ofService),
      reason: 'AnswersError',
    },
  };
  it.each(Object.entries(cases))('%s', (_, { change, reason, field }) => {
    const { verdict } = judge(all(failing, change));
    expect([verdict.word, verdict.finding.reason]).toEqual(['Broken', reason]);
    expect(verdict.finding.subject).toMatchObject({ kind: 'HTTPRoute' });
    expect(verdict.finding.subject.field).toBe(field);
  });

  it('is the missing Service itself where there is one behind the rule', () => {
    const { verdict } = judge(
      all(failing, ruleWith(extension), world => remove(world, 'Service')),
    );
    expect(verdict.finding.reason).toBe('ServiceMissing');
  });
});
