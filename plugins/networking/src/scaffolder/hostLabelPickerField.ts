import { createFormField } from '@backstage/plugin-scaffolder-react/alpha';
import { HostLabelPicker } from './HostLabelPicker';
import { hostLabelPickerSchema } from './schemas';
import { validateHostLabel } from './validation';

/** `ui:field: NetworkingHostLabelPicker`. */
export const hostLabelPickerField = createFormField({
  name: 'NetworkingHostLabelPicker',
  component: HostLabelPicker,
  schema: hostLabelPickerSchema,
  validation: validateHostLabel,
});
