import type {
  ApplyResult,
  EntityExposures,
  ExposableServices,
  ExposureAddress,
  ExposureDetail,
  ExposurePlan,
  ExposureRequest,
  ExposuresPage,
  HostsPage,
  ProbeAnswer,
} from '../exposures/types';
import type {
  CertificateAddress,
  CertificatesView,
  RenewalResult,
} from '../certificates/types';
import type { IssuanceHistory } from '../certificates/history/types';
import type { CaBundle, PlatformView } from '../platform/types';
import type { SettingsView } from '../settings/types';
import type { VerdictWord } from '../verdicts/types';

/** Options of every call. @public */
export interface RequestOptions {
  /** Backstage token; left out where `fetch` adds it (`fetchApi` does). */
  token?: string;
  signal?: AbortSignal;
}

/** What `GET /v1/exposures?entityRef=…` finds, and which rows of it are told. @public */
export interface EntityExposuresQuery {
  /** Case-insensitive part of a host, name, namespace, cluster, Service or verdict. */
  search?: string;
  /** Rows of these ids, at most 50, whatever the search finds. */
  id?: readonly string[];
  /** Without `id`: so many rows from the first, default 25; 50 come at most. */
  limit?: number;
}

/** Filter and page of `GET /v1/exposures`. @public */
export interface ExposuresQuery {
  cluster?: string;
  namespace?: string;
  verdict?: VerdictWord;
  /** Case-insensitive part of a host, namespace, name or entity ref. */
  search?: string;
  /** 1 to 500, default 50. */
  limit?: number;
  cursor?: string;
}

/** @public */
export type HostSort =
  | 'trouble'
  | 'host'
  | 'owner'
  | 'namespace'
  | 'cluster'
  | 'validUntil';

/** Filter, order and page of `GET /v1/hosts`. Values of one filter are alternatives. @public */
export interface HostsQuery {
  cluster?: string[];
  namespace?: string[];
  verdict?: VerdictWord[];
  /** Full entity refs of owners. */
  owner?: string[];
  /** Reasons of the deciding finding. */
  reason?: string[];
  /** Case-insensitive part of a host, namespace, name or entity ref. */
  search?: string;
  /** Default `trouble`: Broken first. Ties are broken by host, cluster, namespace and name. */
  sort?: HostSort;
  /** Default `asc`. */
  order?: 'asc' | 'desc';
  /** 1 to 500, default 50. */
  limit?: number;
  cursor?: string;
}

/**
 * The HTTP API of the backend plugin. Every method throws `ResponseError` of `@backstage/errors` for an answer that is
 * not 2xx; its `body.error` holds `name`, `message` and, for refused plans, `findings`.
 * @public
 */
export interface NetworkingApi {
  getEntityExposures(
    entityRef: string,
    options?: RequestOptions & { query?: EntityExposuresQuery },
  ): Promise<EntityExposures>;
  getExposures(
    query?: ExposuresQuery,
    options?: RequestOptions,
  ): Promise<ExposuresPage>;
  getHosts(query?: HostsQuery, options?: RequestOptions): Promise<HostsPage>;
  getExposure(
    address: ExposureAddress,
    options?: RequestOptions,
  ): Promise<ExposureDetail>;
  plan(
    request: ExposureRequest,
    options?: RequestOptions,
  ): Promise<ExposurePlan>;
  /** `digest` of the plan that was shown: refused with 409 where the plan has changed since. */
  apply(
    request: ExposureRequest & { digest?: string },
    options?: RequestOptions,
  ): Promise<ApplyResult>;
  remove(
    address: ExposureAddress & { uid: string },
    options?: RequestOptions,
  ): Promise<void>;
  getServices(
    entityRef: string,
    options?: RequestOptions,
  ): Promise<ExposableServices>;
  getPlatform(
    cluster?: string,
    options?: RequestOptions,
  ): Promise<PlatformView>;
  getSettings(options?: RequestOptions): Promise<SettingsView>;
  /** Asks the hosts of an exposure now, each at most once a minute. */
  probe(
    address: ExposureAddress,
    options?: RequestOptions,
  ): Promise<ProbeAnswer>;
  getCertificates(
    cluster?: string,
    options?: RequestOptions,
  ): Promise<CertificatesView>;
  /** Has cert-manager issue a certificate anew. `resourceVersion`: refused with 409 where it has changed since. */
  renew(
    address: CertificateAddress & { uid: string; resourceVersion?: string },
    options?: RequestOptions,
  ): Promise<RenewalResult>;
  /** What was reported and ordered while a certificate was issued: read from the cluster, anew for each call. */
  getIssuanceHistory(
    address: CertificateAddress,
    options?: RequestOptions,
  ): Promise<IssuanceHistory>;
  getCa(cluster?: string, options?: RequestOptions): Promise<CaBundle>;
}
