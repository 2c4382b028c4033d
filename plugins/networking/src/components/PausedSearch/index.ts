export { PausedSearch } from './PausedSearch';
