export { ExposureCard } from './ExposureCard';
