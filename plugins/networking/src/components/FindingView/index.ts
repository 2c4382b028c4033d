export { FindingView } from './FindingView';
