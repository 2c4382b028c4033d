export { probeAddresses } from './addresses';
export { createLimiter } from './limiter';
export { isGood } from './outcome';
export {
  createProber,
  keptMs,
  type ProbeCheck,
  type Prober,
  type SeenAddress,
} from './prober';
export type { ProbeOptions, ProbeTarget } from './target';
