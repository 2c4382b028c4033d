import type { CustomFieldValidator } from '@backstage/plugin-scaffolder-react';
import { networkingApiRef } from '../api';
import { isHostFinding, liveTrafficFindings } from '../lib/hosts';
import {
  entityRefOf,
  isServiceValue,
  mayReplace,
  requestOf,
  serviceOf,
} from './formValues';
import type { ServiceValue } from './schemas';

/** A Service counts only with its port. */
export const validateService: CustomFieldValidator<ServiceValue> = (
  value,
  field,
) => {
  if (!isServiceValue(value)) {
    field.addError('Choose a Service and a port.');
  }
};

/**
 * Stops the step where the host is taken, reserved or no DNS label, and where live requests would be redirected and
 * nobody has confirmed it: the plan's own words are the message.
 */
export const validateHostLabel: CustomFieldValidator<
  string,
  { entityField?: string; serviceField?: string; replaceField?: string }
> = async (value, field, { apiHolder, formData, uiSchema }) => {
  const options = uiSchema?.['ui:options'];
  const request = requestOf({
    entityRef: entityRefOf(formData, options?.entityField),
    service: serviceOf(formData, options?.serviceField),
    hostLabel: value,
  });
  const api = apiHolder.get(networkingApiRef);
  if (!request || !api) return;
  const plan = await api.plan(request);
  const unconfirmed = mayReplace(formData, options?.replaceField)
    ? []
    : liveTrafficFindings(plan);
  const refusing = plan.findings.filter(
    finding => finding.severity === 'blocking' && isHostFinding(finding),
  );
  for (const { message, remedy } of [...refusing, ...unconfirmed]) {
    field.addError([message, remedy].filter(Boolean).join(' '));
  }
};
