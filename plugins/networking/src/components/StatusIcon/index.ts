export { StatusIcon, toneClass, type Tone } from './StatusIcon';
