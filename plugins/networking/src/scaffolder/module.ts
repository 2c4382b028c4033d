import { createFrontendModule } from '@backstage/frontend-plugin-api';
import { FormFieldBlueprint } from '@backstage/plugin-scaffolder-react/alpha';

const servicePicker = FormFieldBlueprint.make({
  name: 'networking-service-picker',
  params: {
    field: () => import('./servicePickerField').then(m => m.servicePickerField),
  },
});

const hostLabelPicker = FormFieldBlueprint.make({
  name: 'networking-host-label-picker',
  params: {
    field: () =>
      import('./hostLabelPickerField').then(m => m.hostLabelPickerField),
  },
});

/**
 * The pickers `NetworkingServicePicker` and `NetworkingHostLabelPicker` for software templates. Feature discovery looks
 * only at default exports: add this module to the app's `features`.
 * @public
 */
export const networkingScaffolderModule = createFrontendModule({
  pluginId: 'scaffolder',
  extensions: [servicePicker, hostLabelPicker],
});
