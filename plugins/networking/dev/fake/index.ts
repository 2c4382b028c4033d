export * from './certificates';
export { FakeNetworkingApi } from './FakeNetworkingApi';
export { platformView, settingsView } from './admin';
export { component, entities } from './entities';
export { refusal } from './errors';
export * from './exposures';
export { manyHostRows } from './hosts';
export { depot, services, uncheckedView, view } from './views';
