export { callerKey, type Caller } from './caller';
export { createEntityIndex, type EntityIndex } from './entityIndex';
export { createEntityReader, type EntityReader } from './entityReader';
export { createTtlCache, type TtlCache } from './ttlCache';
