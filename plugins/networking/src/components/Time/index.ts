export { Time } from './Time';
