export { applyExposure } from './applyExposure';
export { deleteExposure } from './deleteExposure';
export { listExposures } from './listExposures';
export { listServices } from './listServices';
export { readEntityExposures } from './readEntityExposures';
export { readExposure } from './readExposure';
export { readPlan } from './readPlan';
export { createRouteEntities, type RouteEntities } from './routeEntities';
