export { ExposuresPage } from './ExposuresPage';
