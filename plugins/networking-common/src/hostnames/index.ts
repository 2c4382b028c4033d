export { coversHost } from './coversHost';
export { hostOf } from './dns';
export { embeddedAddress } from './embeddedAddress';
export { shortHash } from './hash';
export { checkHostLabel, hostLabelFromName } from './hostLabel';
export { dnsSuffixFromAddress } from './suffix';
export { urlOf } from './url';
