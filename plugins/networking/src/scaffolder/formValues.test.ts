import { entityRefOf, mayReplace, requestOf, serviceOf } from './formValues';

const SERVICE = {
  cluster: 'local',
  namespace: 'shop',
  service: 'shop',
  port: 8080,
};

describe('entityRefOf', () => {
  it.each([
    [
      'a full ref',
      { component: 'component:default/shop' },
      undefined,
      'component:default/shop',
    ],
    [
      'a bare name, as EntityPicker leaves it',
      { component: 'shop' },
      undefined,
      'component:default/shop',
    ],
    [
      'a field named by the template',
      { what: 'ops/shop' },
      'what',
      'component:ops/shop',
    ],
    ['nothing chosen', {}, undefined, undefined],
    ['an empty text', { component: ' ' }, undefined, undefined],
    ['what is no ref', { component: 'component:' }, undefined, undefined],
    ['what is no text', { component: { name: 'shop' } }, undefined, undefined],
  ])('reads %s', (_, formData, field, expected) => {
    expect(entityRefOf(formData, field)).toBe(expected);
  });
});

describe('serviceOf', () => {
  it.each([
    ['a whole Service', { service: SERVICE }, SERVICE],
    [
      'a Service without its port',
      { service: { ...SERVICE, port: undefined } },
      undefined,
    ],
    ['a text', { service: 'shop' }, undefined],
    ['no form', undefined, undefined],
  ])('reads %s', (_, formData, expected) => {
    expect(serviceOf(formData)).toEqual(expected);
  });
});

it('makes a request of what is known, and none without component or label', () => {
  const entityRef = 'component:default/shop';
  expect(requestOf({ entityRef, service: SERVICE, hostLabel: 'shop' })).toEqual(
    {
      entityRef,
      cluster: 'local',
      namespace: 'shop',
      service: { name: 'shop', port: 8080 },
      hostLabel: 'shop',
    },
  );
  expect(
    requestOf({ entityRef, service: undefined, hostLabel: 'shop' }),
  ).toEqual({
    entityRef,
    hostLabel: 'shop',
  });
  expect(
    requestOf({ entityRef, service: SERVICE, hostLabel: '' }),
  ).toBeUndefined();
  expect(
    requestOf({ entityRef: undefined, service: SERVICE, hostLabel: 'a' }),
  ).toBeUndefined();
});

describe('mayReplace', () => {
  it.each([
    ['a box that is ticked', { replace: true }, undefined, true],
    ['a field named by the template', { redirect: true }, 'redirect', true],
    ['a box that is not', { replace: false }, undefined, false],
    ['a form without it', {}, undefined, false],
    ['no form', undefined, undefined, false],
    ['a text', { replace: 'true' }, undefined, false],
  ])('reads %s', (_, formData, field, expected) => {
    expect(mayReplace(formData, field)).toBe(expected);
  });
});
