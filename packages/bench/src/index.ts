/**
 * The benchmarks; `cli/bench.ts` runs them.
 *
 * @packageDocumentation
 */
export * from './measurements';
export * from './report';
export * from './statistics';
