import { readPlatform } from '../usecases/platform';
import { callContext, type Handler, type RouterOptions } from './context';
import { parse } from './parse';
import { clusterQuerySchema } from './schemas';

/** `GET /v1/platform` */
export function readPlatformHandler(options: RouterOptions): Handler {
  return async (request, response) => {
    const { cluster } = parse(clusterQuerySchema, request.query);
    response.json(
      await readPlatform(
        options.services,
        cluster,
        await callContext(options, request),
      ),
    );
  };
}
