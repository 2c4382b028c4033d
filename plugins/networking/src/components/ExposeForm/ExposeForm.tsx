import { useEffect, useId, useMemo, useRef, useState } from 'react';
import { Alert, Button, Checkbox, Skeleton, Text } from '@backstage/ui';
import { RiArrowLeftLine } from '@remixicon/react';
import type {
  ExposableServices,
  Exposure,
  ExposureRequest,
} from 'backstage-plugin-networking-common';
import { useApply } from '../../hooks/useApply';
import { usePlan } from '../../hooks/usePlan';
import { useServices } from '../../hooks/useServices';
import { failureFindings, failureKind, failureMessage } from '../../lib/errors';
import { previewUrl } from '../../lib/hosts';
import { Failure } from '../Failure';
import { FindingView } from '../FindingView';
import { StatusIcon } from '../StatusIcon';
import { ApplyProgress } from './ApplyProgress';
import { HostLabelField } from './HostLabelField';
import { PlanPreview } from './PlanPreview';
import {
  ServiceFields,
  defaultService,
  type ChosenService,
} from './ServiceFields';
import styles from './ExposeForm.module.css';

const EDIT_HOST_NOTE =
  'The host of an exposure stays. To move it, expose the new host and remove this one.';

const chosenOf = (exposure: Exposure): ChosenService | undefined => {
  const [service] = exposure.services;
  return (
    service && {
      cluster: exposure.cluster,
      namespace: service.namespace,
      service: service.name,
      port: service.port,
    }
  );
};

const labelOf = (exposure: Exposure): string =>
  exposure.hosts[0]?.host.split('.')[0] ?? '';

function Fields(props: {
  entityRef: string;
  entityName: string;
  services: ExposableServices;
  edit?: Exposure;
  onClose: () => void;
}) {
  const { entityRef, entityName, services, edit, onClose } = props;
  const [chosen, setChosen] = useState<ChosenService | undefined>(() =>
    edit ? chosenOf(edit) : defaultService(services.services, entityName),
  );
  const [hostLabel, setHostLabel] = useState(() =>
    edit ? labelOf(edit) : services.defaultHostLabel,
  );
  const [takeOwnership, setTakeOwnership] = useState(false);
  const previewId = useId();
  const { state, apply, reset } = useApply();

  const request = useMemo((): ExposureRequest | undefined => {
    if (!chosen || chosen.port === undefined || !hostLabel) return undefined;
    return {
      entityRef,
      cluster: chosen.cluster,
      namespace: chosen.namespace,
      service: { name: chosen.service, port: chosen.port },
      hostLabel,
      ...(takeOwnership && { takeOwnership }),
    };
  }, [entityRef, chosen, hostLabel, takeOwnership]);
  const planView = usePlan(request);
  const { plan, checking, replan } = planView;

  const cluster =
    services.clusters.find(known => known.cluster === chosen?.cluster) ??
    (services.clusters.length === 1 ? services.clusters[0] : undefined);
  const url = previewUrl(hostLabel, cluster) ?? plan?.url;
  const ownedByOther = plan?.findings.some(
    finding => finding.reason === 'FieldOwnedByOther',
  );
  const ready =
    request !== undefined &&
    plan !== undefined &&
    !checking &&
    plan.action !== 'refused';

  if (
    url &&
    (state.phase === 'applying' ||
      state.phase === 'waiting' ||
      state.phase === 'done')
  ) {
    return (
      <ApplyProgress
        state={state}
        url={url}
        onBack={() => {
          reset();
          replan();
        }}
        onDone={onClose}
      />
    );
  }

  const verb = edit ? 'Change' : 'Expose at';
  return (
    <form
      className={styles.form}
      onSubmit={event => {
        event.preventDefault();
        if (ready) void apply({ ...request, digest: plan.digest });
      }}
    >
      <div className={styles.fields}>
        {cluster?.blocked && <FindingView finding={cluster.blocked} />}
        <ServiceFields
          services={services}
          value={chosen}
          onChange={setChosen}
          only={
            edit &&
            (service =>
              service.cluster === edit.cluster &&
              service.namespace === edit.namespace)
          }
        />
        <HostLabelField
          value={hostLabel}
          onChange={setHostLabel}
          url={url}
          view={planView}
          isReadOnly={edit !== undefined}
          description={edit ? EDIT_HOST_NOTE : undefined}
        />
        {(ownedByOther || takeOwnership) && (
          <Checkbox isSelected={takeOwnership} onChange={setTakeOwnership}>
            Take over the fields that somebody else owns
          </Checkbox>
        )}
        {state.phase === 'refused' && (
          <div role="alert" className={styles.problem}>
            <StatusIcon tone="bad" />
            <div>
              <p>
                <strong>Nothing was written.</strong>{' '}
                {failureMessage(state.error)}
              </p>
              {failureFindings(state.error).map(finding => (
                <FindingView key={finding.reason} finding={finding} />
              ))}
              {failureKind(state.error) === 'conflict' && (
                <Button size="small" variant="secondary" onPress={replan}>
                  Work it out again
                </Button>
              )}
            </div>
          </div>
        )}
        <div className={styles.buttons}>
          <Button
            type="submit"
            variant="primary"
            isDisabled={!ready || plan.action === 'unchanged'}
            className={styles.submit}
          >
            {url ? `${verb} ${url}` : 'Expose'}
          </Button>
          <Button variant="secondary" onPress={onClose}>
            Cancel
          </Button>
        </div>
      </div>
      <PlanPreview view={planView} headingId={previewId} />
    </form>
  );
}

/** One page: what to expose and where on one side, what will happen on the other. */
export function ExposeForm(props: {
  entityRef: string;
  /** `metadata.name` of the entity. */
  entityName: string;
  entityTitle: string;
  /** The exposure to change; without it a new one is made. */
  edit?: Exposure;
  onClose: () => void;
}) {
  const { entityRef, entityName, entityTitle, edit, onClose } = props;
  const view = useServices(entityRef);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <div className={styles.page}>
      <div className={styles.title}>
        <Button
          size="small"
          variant="tertiary"
          iconStart={<RiArrowLeftLine />}
          onPress={onClose}
        >
          All exposures
        </Button>
        <Text
          as="h2"
          ref={heading}
          tabIndex={-1}
          variant="title-x-small"
          weight="bold"
          className={styles.heading}
        >
          {edit
            ? `Change an exposure of ${entityTitle}`
            : `Expose ${entityTitle}`}
        </Text>
      </div>
      {view.status === 'loading' && (
        <div
          className={styles.form}
          aria-busy="true"
          aria-label="Loading Services"
        >
          <div className={styles.fields}>
            <Skeleton height={56} width="100%" />
            <Skeleton height={96} width="100%" />
            <Skeleton height={40} width={280} />
          </div>
          <Skeleton height={400} width="100%" />
        </div>
      )}
      {view.status === 'failed' && (
        <Failure
          kind={view.kind}
          error={view.error}
          what={`the Services of ${entityTitle}`}
          onRetry={view.refresh}
        />
      )}
      {view.status === 'ready' && (
        <>
          {view.data.services.length === 0 && (
            <Alert
              status="info"
              icon
              title={`No Service of ${entityTitle} was found.`}
              description="Label the Service with backstage.io/kubernetes-id, or name its namespace and selector in the annotations of the component."
            />
          )}
          <Fields
            entityRef={entityRef}
            entityName={entityName}
            services={view.data}
            edit={edit}
            onClose={onClose}
          />
        </>
      )}
    </div>
  );
}
