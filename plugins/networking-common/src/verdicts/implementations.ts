export { isCilium, isTraefik } from '../settings/implementations';
