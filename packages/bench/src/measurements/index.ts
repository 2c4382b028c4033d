import type { Report } from '../report';
import type { Bench } from '../world/bench';
import { measureApply } from './apply';
import { measureCache } from './cache';
import { measureGrowth } from './growth';
import { measureRead } from './read';

/** Every measurement, in the order in which they are run: the first need a cluster that holds little. */
export const MEASUREMENTS: Readonly<
  Record<string, (bench: Bench) => Promise<Report>>
> = {
  apply: measureApply,
  growth: measureGrowth,
  cache: measureCache,
  read: measureRead,
};
