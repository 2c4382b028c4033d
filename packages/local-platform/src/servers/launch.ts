import type { ServerProcess } from '../processes/serverProcess';
import type { StatePaths } from './state';

/** What every server of one start is started with. */
export interface Launch {
  binDir: string;
  paths: StatePaths;
  /** Notes a server for the end. Called as soon as it runs, so that one that never becomes ready is stopped as well. */
  own(server: ServerProcess): void;
  /** Longest time to become ready, in milliseconds. */
  deadlineMs: number;
  /** Ends waiting. */
  signal: AbortSignal;
}
