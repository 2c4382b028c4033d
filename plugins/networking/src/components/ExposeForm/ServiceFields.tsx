import { Select } from '@backstage/ui';
import type {
  ExposablePort,
  ExposableService,
  ExposableServices,
} from 'backstage-plugin-networking-common';
import { useT } from '../../translation';
import { FindingView } from '../FindingView';
import { NoCluster } from '../NoCluster';
import styles from './ExposeForm.module.css';

/** A Service and port as the form holds them. */
export interface ChosenService {
  cluster: string;
  namespace: string;
  service: string;
  port?: number;
}

/** `local/shop/shop`: key of a Service in the form. */
export const serviceKey = (service: {
  cluster: string;
  namespace: string;
  name: string;
}): string => `${service.cluster}/${service.namespace}/${service.name}`;

const keyOfChoice = (choice: ChosenService): string =>
  serviceKey({ ...choice, name: choice.service });

/** The only port, or the only one that says it speaks HTTP. */
function defaultPort(ports: readonly ExposablePort[]): number | undefined {
  const speaksHttp = ports.filter(port =>
    [port.name, port.appProtocol].some(text => text && /^http/.test(text)),
  );
  const [only, second] = ports.length > 1 ? speaksHttp : ports;
  return second ? undefined : only?.port;
}

/** A Service with the port to begin with, if that is clear. */
export const chooseService = (service: ExposableService): ChosenService => ({
  cluster: service.cluster,
  namespace: service.namespace,
  service: service.name,
  port: defaultPort(service.ports),
});

/** The Service to begin with: the only one, or the one named like the entity. */
export function defaultService(
  services: readonly ExposableService[],
  entityName: string,
): ChosenService | undefined {
  const possible = services.filter(service => !service.refusal);
  const sameName = possible.filter(service => service.name === entityName);
  const [only, second] = sameName.length === 1 ? sameName : possible;
  return only && !second ? chooseService(only) : undefined;
}

/** What is known of the Service that was chosen. */
export const chosenAmong = (
  services: readonly ExposableService[],
  choice: ChosenService | undefined,
): ExposableService | undefined =>
  choice &&
  services.find(service => serviceKey(service) === keyOfChoice(choice));

/** Service and port, only real ones. What cannot be exposed is listed with the reason. */
export function ServiceFields(props: {
  services: ExposableServices;
  value: ChosenService | undefined;
  onChange: (value: ChosenService) => void;
  /** Leaves out what does not hold, for instance other namespaces while an exposure is edited. */
  only?: (service: ExposableService) => boolean;
}) {
  const t = useT();
  const { services, value, onChange, only = () => true } = props;
  const offered = services.services.filter(
    service => !service.refusal && only(service),
  );
  const refused = services.services.filter(service => service.refusal);
  const severalClusters =
    new Set(services.services.map(service => service.cluster)).size > 1;
  const chosen = chosenAmong(offered, value);
  if (services.clusters.length === 0) return <NoCluster />;
  return (
    <>
      <div className={styles.serviceFields}>
        <Select
          label={t('form.service')}
          isRequired
          validationBehavior="aria"
          isDisabled={offered.length === 0}
          placeholder={
            offered.length === 0
              ? t('form.nothingToExpose')
              : t('form.chooseService')
          }
          options={offered.map(service => ({
            id: serviceKey(service),
            label: severalClusters
              ? `${service.namespace}/${service.name} (${service.cluster})`
              : `${service.namespace}/${service.name}`,
          }))}
          value={chosen ? serviceKey(chosen) : null}
          onChange={key => {
            const next = offered.find(service => serviceKey(service) === key);
            if (next) onChange(chooseService(next));
          }}
        />
        <Select
          label={t('form.port')}
          isRequired
          validationBehavior="aria"
          isDisabled={!chosen}
          placeholder={t('form.choosePort')}
          options={(chosen?.ports ?? []).map(port => ({
            id: String(port.port),
            label: port.name
              ? `${port.port} (${port.name})`
              : String(port.port),
          }))}
          value={value?.port === undefined ? null : String(value.port)}
          onChange={key => {
            if (chosen)
              onChange({ ...chooseService(chosen), port: Number(key) });
          }}
        />
      </div>
      {refused.length > 0 && (
        <details className={styles.refused}>
          <summary>{t('form.refused', { count: refused.length })}</summary>
          <ul>
            {refused.map(
              service =>
                service.refusal && (
                  <li key={serviceKey(service)}>
                    <strong>
                      {service.namespace}/{service.name}
                    </strong>
                    <FindingView finding={service.refusal} />
                  </li>
                ),
            )}
          </ul>
        </details>
      )}
    </>
  );
}
