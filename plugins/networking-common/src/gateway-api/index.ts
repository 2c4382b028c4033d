export type * from './types';
export * from './snapshot';
