import { CustomErrorBase } from '@backstage/errors';

/** 405 Method Not Allowed (RFC 9110, section 15.5.6). */
export class MethodNotAllowedError extends CustomErrorBase {
  name = 'MethodNotAllowedError' as const;
  // On the prototype, where Backstage's error handler finds it and does not repeat it in the answer.
  get statusCode() {
    return 405;
  }
}

/** 413 Content Too Large (RFC 9110, section 15.5.14). */
export class ContentTooLargeError extends CustomErrorBase {
  name = 'ContentTooLargeError' as const;
  get statusCode() {
    return 413;
  }
}

/** 415 Unsupported Media Type (RFC 9110, section 15.5.16). */
export class UnsupportedMediaTypeError extends CustomErrorBase {
  name = 'UnsupportedMediaTypeError' as const;
  get statusCode() {
    return 415;
  }
}
