import { useEffect } from 'react';
import { parseEntityRef } from '@backstage/catalog-model';
import { BgProvider, Skeleton, Text } from '@backstage/ui';
import { useT } from '../translation';
import {
  ServiceFields,
  defaultService,
  type ChosenService,
} from '../components/ExposeForm';
import { Failure } from '../components/Failure';
import { useServices } from '../hooks/useServices';
import { entityRefOf } from './formValues';
import type { servicePickerSchema } from './schemas';
import styles from './Pickers.module.css';

type Props = (typeof servicePickerSchema)['TProps'];

function Picker(props: Props & { entityRef: string }) {
  const t = useT();
  const { entityRef, formData, onChange } = props;
  const view = useServices(entityRef);
  const services = view.status === 'ready' ? view.data : undefined;
  const value = formData as Partial<ChosenService> | undefined;
  const known =
    value?.service !== undefined &&
    services?.services.some(
      service =>
        service.name === value.service &&
        service.namespace === value.namespace &&
        service.cluster === value.cluster,
    );

  // What was chosen for another component does not hold for this one.
  useEffect(() => {
    if (!services || known) return;
    const preset = defaultService(
      services.services,
      parseEntityRef(entityRef).name,
    );
    const next = preset as Props['formData'];
    if (preset || value?.service !== undefined) onChange(next);
  }, [services, known, entityRef, onChange, value?.service]);

  if (view.status === 'failed') {
    return (
      <Failure
        kind={view.kind}
        error={view.error}
        what="services"
        name={parseEntityRef(entityRef).name}
        onRetry={view.refresh}
      />
    );
  }
  if (!services) {
    return (
      <div aria-busy="true" aria-label={t('failure.loading.services')}>
        <Skeleton height={56} width="100%" />
      </div>
    );
  }
  return (
    <ServiceFields
      services={services}
      value={known ? (value as ChosenService) : undefined}
      onChange={next => onChange(next as Props['formData'])}
    />
  );
}

/** Services and ports of the component that was chosen earlier in the form. */
export function ServicePicker(props: Props) {
  const t = useT();
  const { formContext, uiSchema, rawErrors, schema } = props;
  const entityRef = entityRefOf(
    formContext?.formData,
    uiSchema['ui:options']?.entityField,
  );
  return (
    <div
      className={styles.picker}
      role="group"
      aria-label={schema.title ?? t('form.service')}
    >
      {schema.description && (
        <Text as="p" color="secondary">
          {schema.description}
        </Text>
      )}
      {entityRef ? (
        <BgProvider bg="neutral-1">
          <Picker key={entityRef} {...props} entityRef={entityRef} />
        </BgProvider>
      ) : (
        <Text as="p" color="secondary">
          {t('picker.chooseForServices')}
        </Text>
      )}
      {rawErrors?.map(error => (
        <Text key={error} as="p" color="danger" role="alert">
          {error}
        </Text>
      ))}
    </div>
  );
}
