import { createFormField } from '@backstage/plugin-scaffolder-react/alpha';
import { ServicePicker } from './ServicePicker';
import { servicePickerSchema } from './schemas';
import { validateService } from './validation';

/** `ui:field: NetworkingServicePicker`. */
export const servicePickerField = createFormField({
  name: 'NetworkingServicePicker',
  component: ServicePicker,
  schema: servicePickerSchema,
  validation: validateService,
});
