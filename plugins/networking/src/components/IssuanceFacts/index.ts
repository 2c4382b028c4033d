export { IssuanceFacts } from './IssuanceFacts';
