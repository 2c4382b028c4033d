import { makeFieldSchema } from '@backstage/plugin-scaffolder-react';

/** Schema of `NetworkingServicePicker`. */
export const servicePickerSchema = makeFieldSchema({
  output: z =>
    z.object({
      cluster: z.string().describe('Name of the configured cluster'),
      namespace: z.string().describe('Namespace of the Service'),
      service: z.string().describe('Name of the Service'),
      port: z.number().int().describe('Port of the Service'),
    }),
  uiOptions: z =>
    z.object({
      entityField: z
        .string()
        .optional()
        .describe('Form field that holds the component. Default: component'),
    }),
});

/** What `NetworkingServicePicker` puts into the form. */
export type ServiceValue = (typeof servicePickerSchema)['TOutput'];

/** Schema of `NetworkingHostLabelPicker`. */
export const hostLabelPickerSchema = makeFieldSchema({
  output: z => z.string().describe('First label of the host'),
  uiOptions: z =>
    z.object({
      entityField: z
        .string()
        .optional()
        .describe('Form field that holds the component. Default: component'),
      serviceField: z
        .string()
        .optional()
        .describe(
          'Form field that holds the Service, a NetworkingServicePicker. Default: service',
        ),
      replaceField: z
        .string()
        .optional()
        .describe(
          'Form field, true or false, that confirms that live requests are redirected. Default: replace',
        ),
    }),
});
