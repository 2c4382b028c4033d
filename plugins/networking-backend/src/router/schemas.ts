import { z } from 'zod';

/** DNS label of RFC 1123, as namespaces and clusters' objects use it. */
const NAME = z.string().min(1).max(253);

export const entityRefSchema = z.string().min(1).max(500);

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
  hostLabel: z.string().max(253).optional(),
  takeOwnership: z.boolean().optional(),
});

export const applySchema = exposureRequestSchema.extend({
  digest: z
    .string()
    .regex(/^[0-9a-zA-Z:+/=_-]{8,128}$/, 'the digest of a plan')
    .optional(),
});

export const listQuerySchema = z.strictObject({
  cluster: NAME.optional(),
  namespace: NAME.optional(),
  verdict: z
    .enum(['Live', 'Pending', 'Degraded', 'Broken', 'Unknown'])
    .optional(),
  search: z.string().max(253).optional(),
  limit: z.coerce.number().int().min(1).max(500).optional(),
  cursor: z.string().min(1).max(2000).optional(),
});

/** A repeated key of a query: one value, or a list of them. */
const anyOf = <T extends z.ZodType>(value: T) =>
  z.preprocess(
    values => (values === undefined ? undefined : [values].flat()),
    z.array(value).max(50).optional(),
  );

export const hostsQuerySchema = z.strictObject({
  cluster: anyOf(NAME),
  namespace: anyOf(NAME),
  verdict: anyOf(z.enum(['Live', 'Pending', 'Degraded', 'Broken', 'Unknown'])),
  owner: anyOf(entityRefSchema),
  reason: anyOf(z.string().min(1).max(100)),
  search: z.string().max(253).optional(),
  sort: z
    .enum(['trouble', 'host', 'owner', 'namespace', 'cluster', 'validUntil'])
    .optional(),
  order: z.enum(['asc', 'desc']).optional(),
  limit: z.coerce.number().int().min(1).max(500).optional(),
  cursor: z.string().min(1).max(2000).optional(),
});

export const deleteQuerySchema = z.strictObject({
  uid: z.string().min(1).max(64),
});

export const renewalSchema = z.strictObject({
  uid: z.string().min(1).max(64),
  resourceVersion: z.string().min(1).max(64).optional(),
});
