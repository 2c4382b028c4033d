import { CustomErrorBase } from '@backstage/errors';

/** 429 Too Many Requests (RFC 6585, section 4), with when to ask again. */
export class TooManyRequestsError extends CustomErrorBase {
  name = 'TooManyRequestsError' as const;
  readonly #retryAfterSeconds: number;

  constructor(message: string, retryAfterSeconds: number) {
    super(message);
    this.#retryAfterSeconds = retryAfterSeconds;
  }

  // On the prototype, where Backstage's error handler finds it and does not repeat it in the answer.
  get statusCode() {
    return 429;
  }

  get retryAfterSeconds() {
    return this.#retryAfterSeconds;
  }
}
