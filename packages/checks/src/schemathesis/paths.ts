import { join } from 'node:path';
import { REPOSITORY } from 'integration-tests';

const FOLDER = join(REPOSITORY, 'packages/checks/schemathesis');

/** What pip installs, each with its hashes. */
export const REQUIREMENTS = join(FOLDER, 'requirements.txt');

/** What is generated and checked. */
export const CONFIG = join(FOLDER, 'schemathesis.toml');

/** The OpenAPI document. */
export const CONTRACT = join(
  REPOSITORY,
  'plugins/networking-backend/src/schema/openapi.yaml',
);
