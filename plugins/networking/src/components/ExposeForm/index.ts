export { ExposeForm } from './ExposeForm';
export { HostLabelField } from './HostLabelField';
export { LiveTraffic } from './LiveTraffic';
export {
  ServiceFields,
  chooseService,
  chosenAmong,
  defaultService,
  serviceKey,
  type ChosenService,
} from './ServiceFields';
