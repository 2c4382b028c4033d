/**
 * How far a long step is.
 * @public
 */
export interface Progress {
  /** What is being done, as a sentence's beginning: `Building the servers`. */
  what: string;
  /** Steps done, where they can be counted. */
  done?: number;
  /** Steps in all, where that is known. */
  of?: number;
  /** Milliseconds since the step began. */
  elapsedMs: number;
}

/** @public */
export type ProgressListener = (progress: Progress) => void;

/** `75 s` below two minutes, `9 min 34 s` above. */
export function formatElapsed(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  return seconds < 120
    ? `${seconds} s`
    : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/**
 * One line for a person: `Building the servers · 812 of 4204 · 75 s`.
 * @public
 */
export function formatProgress(progress: Progress): string {
  const { what, done, of, elapsedMs } = progress;
  const parts = [what];
  if (done !== undefined) {
    parts.push(of === undefined ? `${done}` : `${done} of ${of}`);
  }
  return [...parts, formatElapsed(elapsedMs)].join(' · ');
}
