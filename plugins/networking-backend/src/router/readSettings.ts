import { readSettings } from '../usecases/settings';
import { callContext, type Handler, type RouterOptions } from './context';

/** `GET /v1/settings` */
export function readSettingsHandler(options: RouterOptions): Handler {
  return async (request, response) => {
    const context = await callContext(options, request);
    response.json(await readSettings(options.services, context));
  };
}
