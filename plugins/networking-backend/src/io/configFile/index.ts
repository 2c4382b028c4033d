export { createConfigFileSource, type ConfigFileSource } from './configFile';
export { findDefaultRoute, type DefaultRoute } from './defaultRoute';
export { locateConfigFile } from './locate';
