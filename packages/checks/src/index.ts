/**
 * What is too large for every run of the tests: `npm run check`. Each file of tests here is one part of it.
 *
 * @packageDocumentation
 */
export {};
