export { hangsOn } from './hangsOn';
export { sweepHosts, SWEEP_PERIOD_MS, type Swept } from './sweep';
