/**
 * The paired benchmark of exposing a component; `cli/bench.ts` runs it.
 *
 * @packageDocumentation
 */
export * from './measure';
export * from './report';
export * from './statistics';
