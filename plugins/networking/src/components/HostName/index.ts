export { HostName } from './HostName';
