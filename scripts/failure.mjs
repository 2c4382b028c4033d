/**
 * A stop that the person can do something about: one sentence that names what is wrong, one that says what to do.
 * Anything else that is thrown is a defect of the launcher and is printed with its stack.
 */
export class Failure extends Error {
  name = 'Failure';

  /**
   * @param {string} message what is wrong
   * @param {string} remedy what to do about it, in the imperative
   * @param {{ details?: string, logFile?: string }} [more] the end of a log, and where the whole of it lies
   */
  constructor(message, remedy, more = {}) {
    super(message);
    this.remedy = remedy;
    this.details = more.details;
    this.logFile = more.logFile;
  }
}

/** @param {unknown} error */
export function describeFailure(error) {
  if (error instanceof Failure) {
    return [
      error.details,
      `${error.message} ${error.remedy}`.trim(),
      error.logFile && `The whole log: ${error.logFile}`,
    ]
      .filter(Boolean)
      .join('\n');
  }
  return error instanceof Error ? error.stack ?? error.message : String(error);
}
