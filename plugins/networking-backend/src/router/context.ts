import type { HttpAuthService } from '@backstage/backend-plugin-api';
import type { Request, Response } from 'express';
import type { CallContext, Services } from '../usecases/services';

/** What every operation is made from. */
export interface RouterOptions {
  services: Services;
  httpAuth: HttpAuthService;
}

/** An operation's handler. */
export type Handler = (request: Request, response: Response) => Promise<void>;

/** Who calls: users, and services with a token of their own. */
export async function callContext(
  { httpAuth }: RouterOptions,
  request: Request,
): Promise<CallContext> {
  return {
    caller: await httpAuth.credentials(request, { allow: ['user', 'service'] }),
    request,
  };
}
