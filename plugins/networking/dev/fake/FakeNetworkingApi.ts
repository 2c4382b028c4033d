import { stringify } from 'yaml';
import {
  findHosts,
  hostOf,
  hostRows,
  urlOf,
  type ApplyResult,
  type CaBundle,
  type CertificateAddress,
  type CertificatesView,
  type ClusterState,
  type EntityExposures,
  type EntityExposuresQuery,
  type ExposableServices,
  type Exposure,
  type ExposureAddress,
  type ExposureDetail,
  type ExposurePlan,
  type ExposureRequest,
  type ExposuresPage,
  type HostRow,
  type HostsPage,
  type HostsQuery,
  type IssuanceHistory,
  type NetworkingApi,
  type PlatformView,
  type ProbeAnswer,
  type RenewalResult,
  type RequestOptions,
  type SettingsView,
  type WayStop,
} from 'backstage-plugin-networking-common';
import { platformView, settingsView } from './admin';
import {
  CERTIFICATES,
  FakeCertificates,
  caBundle,
  factsOfHost,
  historyOf,
  publicCaBundle,
  replacedCaBundle,
} from './certificates';
import { HTTPS_PORT, SUFFIX, exposure, live, pending, way } from './exposures';
import { refusal } from './errors';
import {
  applicableAction,
  freeLabel,
  hostFindings,
  trafficFindings,
  withFreeLabels,
} from './hostFindings';
import { manifestOf } from './manifest';
import { answerOf, scenarios, type Shown } from './views';

/** Stops that light up one after the other, one look at a time. */
const LIGHTING: WayStop['kind'][] = ['listener', 'route', 'endpoints'];

const sameAddress = (a: ExposureAddress, b: ExposureAddress) =>
  a.cluster === b.cluster && a.namespace === b.namespace && a.name === b.name;

/**
 * The backend of the imaginary platform, in memory. What is applied becomes Live after a few looks, and what is removed
 * is gone. Answers come after `latencyMs`, 0 unless said.
 */
export class FakeNetworkingApi implements NetworkingApi {
  readonly #scenarios = scenarios();
  readonly #looks = new Map<string, number>();
  readonly #certificates = new FakeCertificates();
  readonly #latencyMs: number;
  readonly #moreHosts: readonly HostRow[];

  /**
   * `moreHosts` are listed beside those of the imaginary components; with `certificateStates` there is a component that
   * has an exposure for each state of a certificate.
   */
  constructor(
    options: {
      latencyMs?: number;
      moreHosts?: readonly HostRow[];
      certificateStates?: boolean;
    } = {},
  ) {
    if (!options.certificateStates) {
      delete this.#scenarios[`component:default/${CERTIFICATES}`];
    }
    this.#latencyMs = options.latencyMs ?? 0;
    this.#moreHosts = options.moreHosts ?? [];
  }

  /** Sets what an entity's tab shows from now on. */
  set(entityRef: string, exposures: Shown | Error) {
    const known = this.#scenarios[entityRef];
    this.#scenarios[entityRef] = {
      services:
        known?.services ?? scenarios()['component:default/docs'].services,
      exposures,
    };
  }

  async getEntityExposures(
    entityRef: string,
    options?: RequestOptions & { query?: EntityExposuresQuery },
  ): Promise<EntityExposures> {
    await this.#wait(options);
    const shown = this.#viewOf(entityRef);
    return structuredClone(answerOf(shown, options?.query));
  }

  async getExposures(): Promise<ExposuresPage> {
    const items = this.#all();
    return { items, totalItems: items.length, clusters: [] };
  }

  async getHosts(
    query: HostsQuery = {},
    options?: RequestOptions,
  ): Promise<HostsPage> {
    await this.#wait(options);
    const rows = this.#all().flatMap(found =>
      hostRows(found, ref => [`group:default/team-${ref.split('/')[1]}`]),
    );
    const { end, ...page } = findHosts(
      [...rows, ...this.#moreHosts],
      query,
      query.cursor === undefined ? undefined : JSON.parse(query.cursor),
    );
    return structuredClone({
      ...page,
      ...(end && { nextCursor: JSON.stringify(end) }),
      clusters: this.#clusters(),
    });
  }

  async getExposure(
    address: ExposureAddress,
    options?: RequestOptions,
  ): Promise<ExposureDetail> {
    await this.#wait(options);
    const found = this.#find(address);
    this.#light(found);
    const manifest = manifestOf(
      found.hosts[0]?.host.split('.')[0] ?? found.name,
      found.namespace,
      found.services[0]?.name ?? found.name,
      found.services[0]?.port ?? 8080,
    );
    return structuredClone({
      ...found,
      manifest,
      yaml: stringify(manifest),
      certificates: found.hosts.map(({ host }) => ({
        hosts: [host],
        facts: factsOfHost(host),
      })),
    });
  }

  async plan(
    request: ExposureRequest,
    options?: RequestOptions,
  ): Promise<ExposurePlan> {
    await this.#wait(options);
    const { hostLabel = '', namespace = '', service } = request;
    const host = hostOf(hostLabel, SUFFIX);
    const present = this.#all().find(known =>
      known.hosts.some(each => each.host === host),
    );
    const own = this.#viewOf(request.entityRef).exposures;
    const findings = hostFindings(
      request,
      present,
      own.some(known => present && sameAddress(known, present)),
    );
    const name = `${hostLabel}-k3v9q2mx`;
    const base = {
      request: {
        ...request,
        service: { name: service?.name ?? '', port: service?.port ?? 0 },
      },
      host,
      url: urlOf(host, { scheme: 'https', port: HTTPS_PORT }),
      name,
      findings,
    };
    if (findings.length > 0) {
      return {
        ...base,
        ...(request.intent !== 'update' && {
          freeHostLabel: freeLabel(
            this.#all(),
            request.entityRef,
            service?.name,
          ),
        }),
        action: 'refused',
        objects: [],
        yaml: '',
        diff: [],
        digest: 'refused',
      };
    }
    const desired = manifestOf(
      hostLabel,
      namespace,
      service?.name ?? '',
      service?.port ?? 0,
    );
    const before = present?.services[0]?.name;
    const same =
      before === service?.name && present?.services[0]?.port === service?.port;
    const change = same
      ? []
      : [
          {
            path: 'spec.rules[0].backendRefs[0].name',
            before,
            after: service?.name,
          },
        ];
    return {
      ...base,
      findings: trafficFindings(request, present),
      action: present ? (same && 'unchanged') || 'update' : 'create',
      objects: [desired],
      yaml: stringify(desired),
      diff: present ? change : [],
      digest: `${name}:${service?.name}:${service?.port}`,
    };
  }

  async apply(
    request: ExposureRequest & { digest?: string },
    options?: RequestOptions,
  ): Promise<ApplyResult> {
    const plan = await this.plan(request, options);
    const action = applicableAction(plan);
    const view = this.#viewOf(request.entityRef);
    const namespace = request.namespace ?? 'shop';
    const service = request.service?.name ?? 'shop';
    const stops = way(
      {
        namespace,
        name: plan.name ?? '',
        service: `${service}:${request.service?.port}`,
      },
      { stop: LIGHTING[0], state: 'waiting' },
    );
    const made = exposure(request.hostLabel ?? '', {
      namespace,
      service,
      verdict: pending(),
      stops,
    });
    view.exposures = [
      ...view.exposures.filter(known => !sameAddress(known, made)),
      made,
    ];
    this.#looks.set(made.name, 0);
    return { action, exposure: structuredClone(made), plan };
  }

  async remove(
    address: ExposureAddress & { uid: string },
    options?: RequestOptions,
  ): Promise<void> {
    await this.#wait(options);
    this.#find(address);
    for (const { exposures } of Object.values(this.#scenarios)) {
      if (exposures instanceof Error) continue;
      exposures.exposures = exposures.exposures.filter(
        known => !sameAddress(known, address),
      );
    }
  }

  async getServices(
    entityRef: string,
    options?: RequestOptions,
  ): Promise<ExposableServices> {
    await this.#wait(options);
    this.#viewOf(entityRef);
    return withFreeLabels(this.#scenarios[entityRef].services, this.#all());
  }

  async getPlatform(): Promise<PlatformView> {
    return platformView();
  }

  async getSettings(): Promise<SettingsView> {
    return settingsView();
  }

  async probe(
    address: ExposureAddress,
    options?: RequestOptions,
  ): Promise<ProbeAnswer> {
    await this.#wait(options);
    const found = this.#find(address);
    const answer = this.#certificates.probe(found);
    return structuredClone({ ...answer, exposure: found });
  }

  async getCertificates(
    _cluster?: string,
    options?: RequestOptions,
  ): Promise<CertificatesView> {
    await this.#wait(options);
    return this.#certificates.view(
      this.#all().filter(
        known => known.namespace !== CERTIFICATES && known.cluster === 'local',
      ),
    );
  }

  async renew(
    address: CertificateAddress & { uid: string },
    options?: RequestOptions,
  ): Promise<RenewalResult> {
    await this.#wait(options);
    return this.#certificates.renew(address);
  }

  async getIssuanceHistory(
    address: CertificateAddress,
    options?: RequestOptions,
  ): Promise<IssuanceHistory> {
    await this.#wait(options);
    return historyOf(address);
  }

  async getCa(cluster?: string, options?: RequestOptions): Promise<CaBundle> {
    await this.#wait(options);
    if (cluster === 'edge') return replacedCaBundle();
    return cluster === 'attic' ? publicCaBundle() : caBundle();
  }

  #viewOf(entityRef: string): Shown {
    const known = this.#scenarios[entityRef];
    if (!known) {
      throw refusal(
        404,
        'NotFoundError',
        `Entity ${entityRef} does not exist.`,
      );
    }
    if (known.exposures instanceof Error) throw known.exposures;
    return known.exposures;
  }

  #all(): Exposure[] {
    return Object.values(this.#scenarios).flatMap(({ exposures }) =>
      exposures instanceof Error ? [] : exposures.exposures,
    );
  }

  #clusters(): ClusterState[] {
    const states = Object.values(this.#scenarios).flatMap(({ exposures }) =>
      exposures instanceof Error ? [] : exposures.clusters,
    );
    return [...new Map(states.map(state => [state.cluster, state])).values()];
  }

  #find(address: ExposureAddress): Exposure {
    const found = this.#all().find(known => sameAddress(known, address));
    if (found) return found;
    throw refusal(
      404,
      'NotFoundError',
      `HTTPRoute ${address.namespace}/${address.name} does not exist.`,
    );
  }

  #light(found: Exposure) {
    const looks = this.#looks.get(found.name);
    const [host] = found.hosts;
    if (looks === undefined || !host) return;
    const next = looks + 1;
    this.#looks.set(found.name, next);
    const labels = {
      namespace: found.namespace,
      name: found.name,
      service: `${found.services[0]?.name}:${found.services[0]?.port}`,
    };
    const stop = LIGHTING[next];
    host.way = stop ? way(labels, { stop, state: 'waiting' }) : way(labels);
    if (!stop) {
      host.verdict = live();
      found.verdict = host.verdict;
      found.findings = [];
    }
  }

  async #wait(options?: RequestOptions): Promise<void> {
    if (this.#latencyMs > 0) {
      await new Promise(resolve => setTimeout(resolve, this.#latencyMs));
    }
    options?.signal?.throwIfAborted();
  }
}
