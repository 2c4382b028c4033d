export { severityTone, StatusIcon, toneClass, type Tone } from './StatusIcon';
