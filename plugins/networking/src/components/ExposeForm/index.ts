export { ExposeForm } from './ExposeForm';
export { HostLabelField } from './HostLabelField';
export {
  ServiceFields,
  chooseService,
  defaultService,
  serviceKey,
  type ChosenService,
} from './ServiceFields';
