import { readFile } from 'node:fs/promises';
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import type { createValidatedOpenApiRouter } from '@backstage/backend-openapi-utils';
import { parse } from 'yaml';

export type OpenApiDocument = Parameters<
  typeof createValidatedOpenApiRouter
>[0];

/** The contract of the HTTP API, kept by hand. */
export async function readOpenApiDocument(): Promise<OpenApiDocument> {
  const path = resolvePackagePath(
    'backstage-plugin-networking-backend',
    'src/schema/openapi.yaml',
  );
  return parse(await readFile(path, 'utf8')) as OpenApiDocument;
}
