import { useEffect, useRef, type MutableRefObject } from 'react';
import { BgProvider, Text } from '@backstage/ui';
import { useT } from '../translation';
import {
  HostLabelField,
  LiveTraffic,
  chosenAmong,
} from '../components/ExposeForm';
import { usePlan } from '../hooks/usePlan';
import { useServices } from '../hooks/useServices';
import { liveTrafficFindings, previewUrl } from '../lib/hosts';
import { entityRefOf, requestOf, serviceOf } from './formValues';
import type { hostLabelPickerSchema } from './schemas';
import styles from './Pickers.module.css';

type Props = (typeof hostLabelPickerSchema)['TProps'];

function Picker(
  props: Props & {
    entityRef: string;
    /** What was filled in for the component and Service before: it gives way to the next one's, what was typed does not. */
    filledIn: MutableRefObject<string | undefined>;
  },
) {
  const t = useT();
  const {
    entityRef,
    formData,
    onChange,
    formContext,
    uiSchema,
    schema,
    filledIn,
  } = props;
  const service = serviceOf(
    formContext?.formData,
    uiSchema['ui:options']?.serviceField,
  );
  const services = useServices(entityRef);
  const data = services.status === 'ready' ? services.data : undefined;
  const planView = usePlan(
    requestOf({ entityRef, service, hostLabel: formData }),
  );

  const preset = chosenAmong(data?.services ?? [], service)?.freeHostLabel;
  useEffect(() => {
    if (!preset || preset === filledIn.current) return;
    if (formData === undefined || formData === filledIn.current) {
      filledIn.current = preset;
      onChange(preset);
    }
  }, [formData, preset, filledIn, onChange]);

  const cluster =
    data?.clusters.find(known => known.cluster === service?.cluster) ??
    (data?.clusters.length === 1 ? data.clusters[0] : undefined);
  const label = formData ?? '';
  return (
    <>
      <HostLabelField
        label={schema.title ?? t('form.subdomain')}
        description={schema.description}
        value={label}
        onChange={onChange}
        url={previewUrl(label, cluster) ?? planView.plan?.url}
        view={planView}
        isRequired={props.required}
      />
      <LiveTraffic findings={liveTrafficFindings(planView.plan)} />
    </>
  );
}

/** The host label with its URL as one types, and whether that is free. */
export function HostLabelPicker(props: Props) {
  const t = useT();
  const { formContext, uiSchema, rawErrors } = props;
  const filledIn = useRef<string>();
  const entityRef = entityRefOf(
    formContext?.formData,
    uiSchema['ui:options']?.entityField,
  );
  return (
    <div className={styles.picker}>
      {entityRef ? (
        <BgProvider bg="neutral-1">
          <Picker
            key={entityRef}
            {...props}
            entityRef={entityRef}
            filledIn={filledIn}
          />
        </BgProvider>
      ) : (
        <Text as="p" color="secondary">
          {t('picker.chooseForHost')}
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
