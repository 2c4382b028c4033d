import { readPlan } from '../usecases/exposures';
import { callContext, type Handler, type RouterOptions } from './context';
import { parse } from './parse';
import { exposureRequestSchema } from './schemas';

/** `POST /v1/plans` */
export function createPlanHandler(options: RouterOptions): Handler {
  return async (request, response) => {
    const body = parse(exposureRequestSchema, request.body);
    response.json(
      await readPlan(
        options.services,
        body,
        await callContext(options, request),
      ),
    );
  };
}
