/**
 * The scaffolder action `networking:component:expose`.
 *
 * @packageDocumentation
 */
export { scaffolderModuleNetworking as default } from './module';
export {
  createExposeComponentAction,
  type ExposeComponentActionOptions,
} from './expose';
