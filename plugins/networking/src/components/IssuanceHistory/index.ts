export { IssuanceHistory } from './IssuanceHistory';
