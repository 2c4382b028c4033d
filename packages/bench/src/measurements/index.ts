import type { Report } from '../report';
import type { Bench } from '../world/bench';
import { measureApply } from './apply';
import { measureCache } from './cache';
import { measureCertificates } from './certificates';
import { measureGrowth } from './growth';
import { measureMix } from './mix';
import { measureRead } from './read';
import { measureSweep } from './sweep';
import { measureUrls } from './urls';

/** Every measurement, in the order in which they are run: the first need a cluster that holds little. */
export const MEASUREMENTS: Readonly<
  Record<string, (bench: Bench) => Promise<Report>>
> = {
  // With a Backstage of its own: that of the others would ask all hosts as well.
  sweep: measureSweep,
  certificates: measureCertificates,
  apply: measureApply,
  urls: measureUrls,
  mix: measureMix,
  growth: measureGrowth,
  cache: measureCache,
  read: measureRead,
};
