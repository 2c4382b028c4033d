import type { z } from 'zod';
import { applyExposureHandler } from './applyExposure';
import type { Handler, RouterOptions } from './context';
import { createPlanHandler } from './createPlan';
import { deleteExposureHandler } from './deleteExposure';
import { listServicesHandler } from './listServices';
import { probeExposureHandler } from './probeExposure';
import { readCaHandler } from './readCa';
import { readCertificatesHandler } from './readCertificates';
import { readExposureHandler } from './readExposure';
import { readExposuresHandler } from './readExposures';
import { readHostsHandler } from './readHosts';
import { readIssuanceHistoryHandler } from './readIssuanceHistory';
import { readPlatformHandler } from './readPlatform';
import { readSettingsHandler } from './readSettings';
import { renewCertificateHandler } from './renewCertificate';
import {
  applySchema,
  clusterQuerySchema,
  deleteQuerySchema,
  entityQuerySchema,
  exposureRequestSchema,
  exposuresQuerySchema,
  hostsQuerySchema,
  renewalSchema,
} from './schemas';

export type Method = 'get' | 'post' | 'delete';

/** What an operation takes, and who answers it. */
export interface Operation {
  handler: (options: RouterOptions) => Handler;
  /** Its parameters in the query; left out where it takes none. */
  query?: z.ZodType;
  /** Its body, as JSON; without it none is read. */
  body?: z.ZodType;
}

/** The operations of one path, by method. */
export type Operations = Partial<Record<Method, Operation>>;

/** Every operation, by its path in the OpenAPI document. */
export const OPERATIONS: Readonly<Record<string, Operations>> = {
  '/v1/exposures': {
    get: {
      handler: readExposuresHandler,
      query: exposuresQuerySchema,
    },
    post: { handler: applyExposureHandler, body: applySchema },
  },
  '/v1/exposures/{cluster}/{namespace}/{name}': {
    get: { handler: readExposureHandler },
    delete: { handler: deleteExposureHandler, query: deleteQuerySchema },
  },
  '/v1/exposures/{cluster}/{namespace}/{name}/probe': {
    post: { handler: probeExposureHandler },
  },
  '/v1/hosts': {
    get: { handler: readHostsHandler, query: hostsQuerySchema },
  },
  '/v1/plans': {
    post: { handler: createPlanHandler, body: exposureRequestSchema },
  },
  '/v1/services': {
    get: { handler: listServicesHandler, query: entityQuerySchema },
  },
  '/v1/platform': {
    get: { handler: readPlatformHandler, query: clusterQuerySchema },
  },
  '/v1/settings': { get: { handler: readSettingsHandler } },
  '/v1/ca': {
    get: { handler: readCaHandler, query: clusterQuerySchema },
  },
  '/v1/certificates': {
    get: { handler: readCertificatesHandler, query: clusterQuerySchema },
  },
  '/v1/certificates/{cluster}/{namespace}/{name}/renewal': {
    post: { handler: renewCertificateHandler, body: renewalSchema },
  },
  '/v1/certificates/{cluster}/{namespace}/{name}/history': {
    get: { handler: readIssuanceHistoryHandler },
  },
};
