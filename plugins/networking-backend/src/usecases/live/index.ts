export { createChangeSignals, type ChangeSignals } from './changeSignals';
export { Topics } from './topics';
