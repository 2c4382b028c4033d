import { isOneLine } from 'backstage-plugin-networking-common';
import { z } from 'zod';

/** One line of at most so many characters, counted as OpenAPI counts them: one outside the BMP is one. */
const text = (maximum: number) =>
  z.string().check(({ value, issues }) => {
    // More than two UTF-16 units for each cannot be few enough.
    if (value.length > 2 * maximum || [...value].length > maximum) {
      issues.push({
        code: 'too_big',
        origin: 'string',
        maximum,
        inclusive: true,
        input: value,
      });
    }
    if (!isOneLine(value)) {
      issues.push({
        code: 'custom',
        message: 'one line of text, without control characters',
        input: value,
      });
    }
  });

/** Of a cluster, namespace or object. */
const NAME = text(253).min(1);

/** `kind:namespace/name` or `kind:name`, as the catalog model reads it. */
export const entityRefSchema = text(500)
  .min(1)
  .regex(
    /^[^:/]+:(?:[^/]+\/.+|[^/]+)$/s,
    'a full entity ref, kind:namespace/name, such as component:default/shop',
  );

/** In decimal, as a query has it. */
const LIMIT = z
  .string()
  .regex(/^[0-9]+$/, 'a whole number')
  .transform(Number)
  .pipe(z.int().min(1).max(500));

/** A page, as this API named it: base64url (RFC 4648, section 5). */
const CURSOR = text(2000)
  .min(1)
  .regex(/^[A-Za-z0-9_-]+$/, 'a nextCursor that this API gave');

export const noQuerySchema = z.strictObject({});

export const clusterQuerySchema = z.strictObject({
  cluster: NAME.optional(),
});

export const entityQuerySchema = z.strictObject({
  entityRef: entityRefSchema,
});

export const addressSchema = z.object({
  cluster: NAME,
  namespace: NAME,
  name: NAME,
});

export const exposureRequestSchema = z.strictObject({
  entityRef: entityRefSchema,
  cluster: NAME.optional(),
  namespace: NAME.optional(),
  service: z
    .strictObject({
      name: NAME.optional(),
      port: z.int().min(1).max(65535).optional(),
    })
    .optional(),
  // What makes a label valid is a finding of the plan, with its remedy.
  hostLabel: text(253).optional(),
  takeOwnership: z.boolean().optional(),
  intent: z.enum(['create', 'update']).optional(),
  uid: text(64).min(1).optional(),
  replace: z.boolean().optional(),
});

export const applySchema = exposureRequestSchema.extend({
  digest: z
    .string()
    .regex(/^[0-9a-zA-Z:+/=_-]{8,128}$/, 'the digest of a plan')
    .optional(),
});

/** A row, as this API named it. */
const ROW_ID = text(50)
  .min(1)
  .regex(/^[A-Za-z0-9_-]+$/, 'the id of a row that this API gave');

/** A repeated key of a query: one value, or a list of them. */
const anyOf = <T extends z.ZodType>(value: T) =>
  z.preprocess(
    values => (values === undefined ? undefined : [values].flat()),
    z.array(value).max(50).optional(),
  );

export const exposuresQuerySchema = z.strictObject({
  entityRef: entityRefSchema.optional(),
  cluster: NAME.optional(),
  namespace: NAME.optional(),
  verdict: z
    .enum(['Live', 'Pending', 'Degraded', 'Broken', 'Unknown'])
    .optional(),
  search: text(253).optional(),
  id: anyOf(ROW_ID),
  limit: LIMIT.optional(),
  cursor: CURSOR.optional(),
});

export const hostsQuerySchema = z.strictObject({
  cluster: anyOf(NAME),
  namespace: anyOf(NAME),
  verdict: anyOf(z.enum(['Live', 'Pending', 'Degraded', 'Broken', 'Unknown'])),
  owner: anyOf(text(500).min(1)),
  reason: anyOf(text(100).min(1)),
  search: text(253).optional(),
  sort: z
    .enum(['trouble', 'host', 'owner', 'namespace', 'cluster', 'validUntil'])
    .optional(),
  order: z.enum(['asc', 'desc']).optional(),
  limit: LIMIT.optional(),
  cursor: CURSOR.optional(),
});

export const deleteQuerySchema = z.strictObject({
  uid: text(64).min(1),
});

export const renewalSchema = z.strictObject({
  uid: text(64).min(1),
  resourceVersion: text(64).min(1).optional(),
});
