import { listHosts } from '../usecases/exposures';
import { callContext, type Handler, type RouterOptions } from './context';
import { parse } from './parse';
import { hostsQuerySchema } from './schemas';

/** `GET /v1/hosts`. */
export function readHostsHandler(options: RouterOptions): Handler {
  return async (request, response) => {
    const context = await callContext(options, request);
    const query = parse(hostsQuerySchema, request.query);
    response.json(await listHosts(options.services, query, context));
  };
}
