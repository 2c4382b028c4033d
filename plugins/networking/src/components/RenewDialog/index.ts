export { RenewDialog } from './RenewDialog';
