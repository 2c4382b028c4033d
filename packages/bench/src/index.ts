/**
 * The benchmarks; `cli/bench.ts` runs them. The soak shares their cluster.
 *
 * @packageDocumentation
 */
export * from './measurements';
export * from './report';
export * from './statistics';
export * from './world/fill';
export * from './world/objects';
