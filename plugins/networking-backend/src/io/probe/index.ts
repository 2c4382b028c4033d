export { createProber, type Prober, type ProbeTarget } from './prober';
