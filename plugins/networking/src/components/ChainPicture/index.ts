export { ChainPicture } from './ChainPicture';
