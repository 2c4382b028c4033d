export { Failure, loadingText, type Sought, type Subject } from './Failure';
