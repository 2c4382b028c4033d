import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { waitFor } from './waitFor';

/** The fields of an `audit.k8s.io/v1` Event that the tests use. */
export interface AuditEvent {
  auditID: string;
  stage: string;
  verb: string;
  requestURI: string;
  user: { username: string };
  objectRef?: {
    resource: string;
    subresource?: string;
    namespace?: string;
    name?: string;
    apiGroup?: string;
  };
  responseStatus?: { code?: number };
  requestReceivedTimestamp: string;
  annotations?: Record<string, string>;
}

const WRITES = ['create', 'update', 'patch', 'delete', 'deletecollection'];

/** A write that changes something: a dry run is a write to RBAC and changes nothing. */
export const changesSomething = (event: AuditEvent) =>
  WRITES.includes(event.verb) && !/[?&]dryRun=All/.test(event.requestURI);

/** Reads the audit log of the API server, as far as it concerns one user. */
export class AuditLog {
  constructor(
    private readonly options: {
      file: string;
      username: string;
      /** Sends a request to the API server as somebody else, with the path given. */
      touch: (path: string) => Promise<unknown>;
    },
  ) {}

  /**
   * Every request that the user's calls before this one left in the log. A marker request of another user is sent
   * first and waited for, because the server writes an event after it has answered.
   */
  async events(): Promise<AuditEvent[]> {
    const marker = `/api/v1/namespaces/marker-${randomUUID()}`;
    await this.options.touch(marker);
    const lines = await waitFor(
      'the audit log to hold the marker',
      async () => {
        const text = await readFile(this.options.file, 'utf8');
        return text.includes(marker) ? text.split('\n') : undefined;
      },
    );
    return lines
      .filter(line => line.startsWith('{') && line.endsWith('}'))
      .map((line): AuditEvent => JSON.parse(line))
      .filter(
        event =>
          event.user.username === this.options.username &&
          // A watch is complete when it ends, which may be minutes later.
          event.stage ===
            (event.verb === 'watch' ? 'ResponseStarted' : 'ResponseComplete'),
      );
  }

  /** What the user asked of the API server while `act` ran. */
  async during<T>(
    act: () => Promise<T>,
  ): Promise<{ result: T; events: AuditEvent[] }> {
    const before = new Set((await this.events()).map(event => event.auditID));
    const result = await act();
    const events = (await this.events()).filter(
      event => !before.has(event.auditID),
    );
    return { result, events };
  }
}
