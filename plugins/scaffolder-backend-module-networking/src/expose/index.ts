export {
  createExposeComponentAction,
  type ExposeComponentActionOptions,
} from './action';
