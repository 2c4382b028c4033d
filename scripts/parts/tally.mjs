/**
 * What a part of `npm test` counts: never more passes than there is evidence for.
 */

/**
 * @typedef {{
 *   passed: number,
 *   failed: number,
 *   skipped: string[],
 *   problems: string[],
 * }} Tally `problems`: one line for each thing that counts as failed
 */

/** @returns {Tally} */
export const noTests = () => ({
  passed: 0,
  failed: 0,
  skipped: [],
  problems: [],
});

/** @param {string} problem @returns {Tally} */
export const failedOnce = problem => ({
  ...noTests(),
  failed: 1,
  problems: [problem],
});

/** A check that counts one: types, lint. */
export const oneCheck = (name, code) =>
  code === 0
    ? { ...noTests(), passed: 1 }
    : failedOnce(`${name} ended with exit code ${code}`);

/**
 * The last word on a part's count: a part that ran nothing has failed, and so has one whose program says so.
 *
 * @param {Tally} tally
 * @param {number} code the program's exit code
 * @returns {Tally}
 */
export function settle(tally, code) {
  if (tally.failed === 0 && code !== 0) {
    return addProblem(tally, `the program ended with exit code ${code}`);
  }
  if (tally.passed + tally.failed === 0) {
    return addProblem(tally, 'no test ran');
  }
  return tally;
}

const addProblem = (tally, problem) => ({
  ...tally,
  failed: tally.failed + 1,
  problems: [...tally.problems, problem],
});

/**
 * Counts a report of `jest --json`. A file that could not be run, that ran nothing, or that Jest never saw counts as one
 * failure.
 *
 * @param {{ testResults: {
 *   name: string,
 *   message?: string,
 *   assertionResults: { status: string, fullName: string }[],
 * }[] }} report
 * @param {string[]} expectedFiles the files that have to be in the report
 * @returns {Tally}
 */
export function tallyJest(report, expectedFiles = []) {
  const tally = noTests();
  const seen = new Set();
  for (const { name, message, assertionResults } of report.testResults) {
    seen.add(name);
    let ran = 0;
    for (const { status, fullName } of assertionResults) {
      if (status === 'passed') {
        tally.passed += 1;
        ran += 1;
      } else if (status === 'failed') {
        tally.failed += 1;
        ran += 1;
        tally.problems.push(`${name}: ${fullName}`);
      } else {
        tally.skipped.push(`${name}: ${fullName}`);
      }
    }
    if (ran === 0) {
      tally.failed += 1;
      const reason = message?.trim() ? 'did not start' : 'ran nothing';
      tally.problems.push(`${name}: ${reason}`);
    }
  }
  for (const file of expectedFiles.filter(name => !seen.has(name))) {
    tally.failed += 1;
    tally.problems.push(`${file}: did not start`);
  }
  return tally;
}

/**
 * Counts the lines of `go test -json`. A package that fails without a failed test (it does not build, it panics) counts as
 * one failure.
 *
 * @param {string[]} lines
 * @returns {Tally}
 */
export function tallyGo(lines) {
  const tally = noTests();
  const failedIn = new Set();
  const events = lines.flatMap(line => {
    try {
      return [JSON.parse(line)];
    } catch {
      return [];
    }
  });
  for (const { Action, Package, Test } of events.filter(event => event.Test)) {
    const name = `${Package}: ${Test}`;
    if (Action === 'pass') {
      tally.passed += 1;
    } else if (Action === 'fail') {
      tally.failed += 1;
      tally.problems.push(name);
      failedIn.add(Package);
    } else if (Action === 'skip') {
      tally.skipped.push(name);
    }
  }
  for (const { Action, Package, Test } of events) {
    if (Action === 'fail' && !Test && !failedIn.has(Package)) {
      tally.failed += 1;
      tally.problems.push(`${Package}: did not start`);
    }
  }
  return tally;
}

/**
 * Counts what `node --test --test-reporter=tap` prints: each test point that is not a file or a suite of others.
 *
 * @param {string[]} lines
 * @returns {Tally}
 */
export function tallyTap(lines) {
  const count = name => {
    const pattern = new RegExp(`^# ${name} (\\d+)$`);
    return Number(
      lines.map(line => pattern.exec(line)?.[1]).find(Boolean) ?? 0,
    );
  };
  const points = lines.flatMap(line => {
    const point = /^\s*(not )?ok \d+ - (.*?)(?: # (SKIP|TODO).*)?$/.exec(line);
    return point
      ? [{ failed: Boolean(point[1]), name: point[2], skipped: point[3] }]
      : [];
  });
  return {
    passed: count('pass'),
    failed: count('fail') + count('cancelled'),
    skipped: points.filter(point => point.skipped).map(point => point.name),
    problems: points
      .filter(point => point.failed && !point.skipped)
      .map(point => point.name),
  };
}

/**
 * What stands at the end of `npm test`; the last line is the sum.
 *
 * @param {{ name: string, tally: Tally, elapsed: string, log?: string }[]} results
 * @param {string[]} leftOut names of the parts that were not asked for
 */
export function summary(results, leftOut) {
  const width = Math.max(...results.map(({ name }) => name.length), 0);
  const lines = results.map(
    ({ name, tally, elapsed }) =>
      `${tally.failed === 0 ? '✔' : '✖'} ${name.padEnd(width)}  ${
        tally.passed
      } passed, ${tally.failed} failed${
        tally.skipped.length > 0 ? `, ${tally.skipped.length} skipped` : ''
      }  (${elapsed})`,
  );
  for (const { name, tally, log } of results) {
    lines.push(...tally.problems.map(problem => `✖ ${name}: ${problem}`));
    if (tally.failed > 0 && log) {
      lines.push(`  the whole log: ${log}`);
    }
  }
  for (const { name, tally } of results) {
    lines.push(...tally.skipped.map(test => `○ skipped, ${name}: ${test}`));
  }
  if (leftOut.length > 0) {
    lines.push(`○ not asked for: ${leftOut.join(', ')}`);
  }
  const { passed, failed } = total(results);
  lines.push(`${passed} passed, ${failed} failed`);
  return lines;
}

export function total(results) {
  return results.reduce(
    (sum, { tally }) => ({
      passed: sum.passed + tally.passed,
      failed: sum.failed + tally.failed,
    }),
    { passed: 0, failed: 0 },
  );
}
