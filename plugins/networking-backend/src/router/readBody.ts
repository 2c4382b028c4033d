import { isUtf8 } from 'node:buffer';
import { MIMEType, promisify } from 'node:util';
import { InputError } from '@backstage/errors';
import express, { type Request, type Response } from 'express';
import { ContentTooLargeError, UnsupportedMediaTypeError } from './httpErrors';

/** Far more than any exposure request. */
const LIMIT_KB = 32;

const parseJson = express.json({
  limit: `${LIMIT_KB}kb`,
  type: () => true,
  // What is JSON and no object is for the operation's schema to name.
  strict: false,
  verify: (_request, _response, bytes) => {
    if (!isUtf8(bytes)) throw new Error('not UTF-8');
  },
});

const isEmpty = ({ headers }: Request) =>
  headers['transfer-encoding'] === undefined &&
  Number(headers['content-length'] ?? 0) === 0;

function isJson({ headers }: Request): boolean {
  try {
    const { essence, params } = new MIMEType(headers['content-type'] ?? '');
    const charset = params.get('charset') ?? 'utf-8';
    return essence === 'application/json' && /^utf-8$/i.test(charset);
  } catch {
    return false;
  }
}

const unsupported = () =>
  new UnsupportedMediaTypeError(
    'The body was not read. Send it as JSON in UTF-8, with Content-Type application/json, plain or compressed with gzip or deflate.',
  );

/** What is wrong with a body, without quoting it. */
function faultOf(error: { status?: number }): unknown {
  switch (error.status) {
    case 400:
    case 403:
      return new InputError(
        'The body is not valid JSON in UTF-8. Send one JSON object.',
      );
    case 413:
      return new ContentTooLargeError(
        `The body is too large. Send at most ${LIMIT_KB} kB, after decompression.`,
      );
    case 415:
      return unsupported();
    default:
      return error;
  }
}

/**
 * Reads the body of an operation that takes one into `request.body`: JSON in UTF-8 (RFC 8259, section 8.1), plain or
 * compressed with gzip or deflate. An empty one is an empty object.
 *
 * @throws UnsupportedMediaTypeError, ContentTooLargeError, or InputError for what is no JSON
 */
export async function readBody(
  request: Request,
  response: Response,
): Promise<void> {
  if (isEmpty(request)) {
    request.body = {};
    return;
  }
  if (!isJson(request)) throw unsupported();
  await promisify(parseJson)(request, response).catch(error => {
    throw faultOf(error);
  });
}
