import { mockCredentials } from '@backstage/backend-test-utils';
import type { Contract, Exchange } from './contract';

const PREFIX = '/api/networking';

/** Every exchange of the tests with the backend, held against the contract as it happens. */
export class Traffic {
  readonly exchanges: Exchange[] = [];
  readonly violations: string[] = [];

  constructor(
    private readonly contract: Contract,
    private readonly origin: () => string,
  ) {}

  /** Base URL of the plugin. */
  baseUrl(): string {
    return `${this.origin()}${PREFIX}`;
  }

  /** A fetch that is signed in as `userRef`, and records. */
  fetchAs(userRef: string): typeof fetch {
    return async (input, init) => {
      const request = new Request(input, init);
      request.headers.set(
        'authorization',
        mockCredentials.user.header(userRef),
      );
      const requestText = await request.clone().text();
      const response = await fetch(request);
      const text = await response.clone().text();
      const url = new URL(request.url);
      const contentType = response.headers.get('content-type') ?? '';
      const exchange: Exchange = {
        method: request.method,
        path: decodeURI(url.pathname.slice(PREFIX.length)),
        query: url.searchParams,
        requestBody: requestText ? JSON.parse(requestText) : undefined,
        status: response.status,
        contentType,
        body: contentType.includes('json') && text ? JSON.parse(text) : text,
      };
      this.exchanges.push(exchange);
      this.violations.push(...this.contract.violations(exchange));
      return response;
    };
  }
}
