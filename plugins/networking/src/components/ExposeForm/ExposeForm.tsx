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
import { usePresent } from '../../hooks/usePresent';
import { useServices } from '../../hooks/useServices';
import { failureFindings, failureKind, failureMessage } from '../../lib/errors';
import { exposureKey, hostText } from '../../lib/exposures';
import { liveTrafficFindings, previewUrl } from '../../lib/hosts';
import { listed } from '../../lib/text';
import { useT } from '../../translation';
import { Failure } from '../Failure';
import { FindingView } from '../FindingView';
import { HostName } from '../HostName';
import { StatusIcon } from '../StatusIcon';
import { ApplyProgress } from './ApplyProgress';
import { HostLabelField } from './HostLabelField';
import { LiveTraffic } from './LiveTraffic';
import { PlanPreview } from './PlanPreview';
import {
  ServiceFields,
  chosenAmong,
  defaultService,
  type ChosenService,
} from './ServiceFields';
import styles from './ExposeForm.module.css';

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
  onEdit: (exposure: Exposure) => void;
  onClose: () => void;
}) {
  const t = useT();
  const { entityRef, entityName, services, edit, onEdit, onClose } = props;
  const [chosen, setChosen] = useState<ChosenService | undefined>(() =>
    edit ? chosenOf(edit) : defaultService(services.services, entityName),
  );
  const [typed, setTyped] = useState<string>();
  const hostLabel = edit
    ? labelOf(edit)
    : typed ?? chosenAmong(services.services, chosen)?.freeHostLabel ?? '';
  // The one that was opened: the list goes on being refreshed, and could have another one by now.
  const [uid] = useState(edit?.uid);
  const [takeOwnership, setTakeOwnership] = useState(false);
  /** Digest of the plan whose effect on live traffic was confirmed: another plan is to be confirmed anew. */
  const [confirmed, setConfirmed] = useState<string>();
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
      ...(uid === undefined ? { intent: 'create' } : { intent: 'update', uid }),
    };
  }, [entityRef, chosen, hostLabel, takeOwnership, uid]);
  const planView = usePlan(request);
  const { plan, checking, replan } = planView;

  const cluster =
    services.clusters.find(known => known.cluster === chosen?.cluster) ??
    (services.clusters.length === 1 ? services.clusters[0] : undefined);
  const url = previewUrl(hostLabel, cluster) ?? plan?.url;
  const othersFields = (plan?.findings ?? []).filter(
    ({ reason }) => reason === 'FieldOwnedByOther',
  );
  const managers = listed(
    ...new Set(othersFields.map(({ details }) => details?.manager)),
  );
  const traffic = liveTrafficFindings(plan);
  const isConfirmed = plan !== undefined && confirmed === plan.digest;
  const ready =
    request !== undefined &&
    plan !== undefined &&
    !checking &&
    plan.action !== 'refused' &&
    plan.action !== 'unchanged' &&
    (traffic.length === 0 || isConfirmed);
  const present = usePresent(edit ? undefined : plan);

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
          if (state.phase !== 'applying') onEdit(state.exposure);
        }}
        onDone={onClose}
      />
    );
  }

  const verb = url ? t('form.exposeAt', { url }) : t('form.expose');
  return (
    <form
      className={styles.form}
      onSubmit={event => {
        event.preventDefault();
        if (ready) {
          void apply({
            ...request,
            digest: plan.digest,
            ...(traffic.length > 0 && { replace: true }),
          });
        }
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
          onChange={setTyped}
          url={url}
          view={planView}
          isReadOnly={edit !== undefined}
          description={edit ? t('form.urlStays') : undefined}
          onEdit={present && (() => onEdit(present))}
        />
        {(othersFields.length > 0 || takeOwnership) && (
          <Checkbox isSelected={takeOwnership} onChange={setTakeOwnership}>
            {managers
              ? t('form.overwriteOf', { managers })
              : t('form.overwrite')}
          </Checkbox>
        )}
        {state.phase === 'refused' && (
          <div role="alert" className={styles.problem}>
            <StatusIcon tone="bad" />
            <div>
              <p>
                <strong>{t('form.nothingWritten')}</strong>{' '}
                {failureMessage(state.error)}
              </p>
              {failureFindings(state.error).map(finding => (
                <FindingView key={finding.reason} finding={finding} />
              ))}
              {failureKind(state.error) === 'conflict' && (
                <Button size="small" variant="secondary" onPress={replan}>
                  {t('form.refresh')}
                </Button>
              )}
            </div>
          </div>
        )}
        <LiveTraffic
          findings={traffic}
          isConfirmed={isConfirmed}
          onConfirm={isSelected =>
            setConfirmed(isSelected ? plan?.digest : undefined)
          }
        />
        <div className={styles.buttons}>
          <Button
            type="submit"
            variant="primary"
            isDisabled={!ready}
            className={styles.submit}
          >
            {edit ? t('form.save') : verb}
          </Button>
          <Button variant="secondary" onPress={onClose}>
            {t('common.cancel')}
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
  /** Whom to ask where the reader may not expose it. */
  owner?: string;
  /** The exposure to change; without it a new one is made. */
  edit?: Exposure;
  onClose: () => void;
}) {
  const t = useT();
  const { entityRef, entityName, entityTitle, owner, onClose } = props;
  const view = useServices(entityRef);
  /** Whoever has added it, or found it there, goes over to changing it. */
  const [found, setFound] = useState<Exposure>();
  const edit = props.edit ?? found;
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), [found]);
  return (
    <div className={styles.page}>
      <div className={styles.title}>
        <Button
          size="small"
          variant="tertiary"
          iconStart={<RiArrowLeftLine />}
          onPress={onClose}
        >
          {t('tab.back')}
        </Button>
        <Text
          as="h2"
          ref={heading}
          tabIndex={-1}
          variant="title-x-small"
          weight="bold"
          className={styles.heading}
        >
          {edit ? (
            <HostName
              text={t('form.headingEdit', {
                host: hostText(t, edit.hosts[0]),
              })}
            />
          ) : (
            t('form.heading', { title: entityTitle })
          )}
        </Text>
      </div>
      {view.status === 'loading' && (
        <div
          className={styles.form}
          aria-busy="true"
          aria-label={t('failure.loading.services')}
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
          what="services"
          name={entityTitle}
          owner={owner}
          onRetry={view.refresh}
        />
      )}
      {view.status === 'ready' && (
        <>
          {view.data.services.length === 0 && (
            <Alert
              status="info"
              icon
              title={t('form.noService', { title: entityTitle })}
              description={t('form.noServiceRemedy')}
            />
          )}
          <Fields
            key={edit ? exposureKey(edit) : ''}
            entityRef={entityRef}
            entityName={entityName}
            services={view.data}
            edit={edit}
            onEdit={setFound}
            onClose={onClose}
          />
        </>
      )}
    </div>
  );
}
