export { Moment } from './Moment';
export { Time } from './Time';
