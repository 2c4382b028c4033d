import { ResponseError } from '@backstage/errors';
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
import { caBundleFrom } from './caBundle';
import type {
  EntityExposuresQuery,
  ExposuresQuery,
  HostsQuery,
  NetworkingApi,
  RequestOptions,
} from './types';

type Query = Record<string, string | number | readonly string[] | undefined>;

/**
 * Client of the backend plugin's HTTP API.
 *
 * `fetchApi` is the frontend's `fetchApiRef`, which resolves `plugin://` addresses and adds the caller's token, or
 * anything else with a `fetch`. `baseUrl` is where the plugin answers, or how to find that out before each call;
 * default `plugin://networking`.
 * @public
 */
export class NetworkingClient implements NetworkingApi {
  readonly #fetchApi: { fetch: typeof globalThis.fetch };
  readonly #baseUrl: () => Promise<string>;

  constructor(options: {
    fetchApi: { fetch: typeof globalThis.fetch };
    baseUrl?: string | (() => Promise<string>);
  }) {
    const { fetchApi, baseUrl = 'plugin://networking' } = options;
    this.#fetchApi = fetchApi;
    this.#baseUrl = typeof baseUrl === 'string' ? async () => baseUrl : baseUrl;
  }

  async getEntityExposures(
    entityRef: string,
    options?: RequestOptions & { query?: EntityExposuresQuery },
  ): Promise<EntityExposures> {
    const query = { entityRef, ...options?.query };
    return this.#json('GET', ['exposures'], { options, query });
  }

  async getExposures(
    query: ExposuresQuery = {},
    options?: RequestOptions,
  ): Promise<ExposuresPage> {
    return this.#json('GET', ['exposures'], { options, query: { ...query } });
  }

  async getHosts(
    query: HostsQuery = {},
    options?: RequestOptions,
  ): Promise<HostsPage> {
    return this.#json('GET', ['hosts'], { options, query: { ...query } });
  }

  async getExposure(
    address: ExposureAddress,
    options?: RequestOptions,
  ): Promise<ExposureDetail> {
    return this.#json('GET', pathOf(address), { options });
  }

  async plan(
    request: ExposureRequest,
    options?: RequestOptions,
  ): Promise<ExposurePlan> {
    return this.#json('POST', ['plans'], { options, body: request });
  }

  async apply(
    request: ExposureRequest & { digest?: string },
    options?: RequestOptions,
  ): Promise<ApplyResult> {
    return this.#json('POST', ['exposures'], { options, body: request });
  }

  async remove(
    address: ExposureAddress & { uid: string },
    options?: RequestOptions,
  ): Promise<void> {
    const { uid } = address;
    await this.#send('DELETE', pathOf(address), { options, query: { uid } });
  }

  async getServices(
    entityRef: string,
    options?: RequestOptions,
  ): Promise<ExposableServices> {
    return this.#json('GET', ['services'], { options, query: { entityRef } });
  }

  async getPlatform(
    cluster?: string,
    options?: RequestOptions,
  ): Promise<PlatformView> {
    return this.#json('GET', ['platform'], { options, query: { cluster } });
  }

  async getSettings(options?: RequestOptions): Promise<SettingsView> {
    return this.#json('GET', ['settings'], { options });
  }

  async probe(
    address: ExposureAddress,
    options?: RequestOptions,
  ): Promise<ProbeAnswer> {
    return this.#json('POST', [...pathOf(address), 'probe'], { options });
  }

  async getCertificates(
    cluster?: string,
    options?: RequestOptions,
  ): Promise<CertificatesView> {
    return this.#json('GET', ['certificates'], { options, query: { cluster } });
  }

  async renew(
    address: CertificateAddress & { uid: string; resourceVersion?: string },
    options?: RequestOptions,
  ): Promise<RenewalResult> {
    const { cluster, namespace, name, uid, resourceVersion } = address;
    const path = ['certificates', cluster, namespace, name, 'renewal'];
    const body = { uid, resourceVersion };
    return this.#json('POST', path, { options, body });
  }

  async getIssuanceHistory(
    { cluster, namespace, name }: CertificateAddress,
    options?: RequestOptions,
  ): Promise<IssuanceHistory> {
    const path = ['certificates', cluster, namespace, name, 'history'];
    return this.#json('GET', path, { options });
  }

  async getCa(cluster?: string, options?: RequestOptions): Promise<CaBundle> {
    return caBundleFrom(
      await this.#send('GET', ['ca'], {
        options,
        query: { cluster },
        accept: 'application/json',
      }),
    );
  }

  async #json<T>(
    method: string,
    path: readonly string[],
    init: { options?: RequestOptions; query?: Query; body?: unknown },
  ): Promise<T> {
    const response = await this.#send(method, path, init);
    return response.json();
  }

  async #send(
    method: string,
    path: readonly string[],
    init: {
      options?: RequestOptions;
      query?: Query;
      body?: unknown;
      accept?: string;
    },
  ): Promise<Response> {
    const { options = {}, query = {}, body, accept } = init;
    const search = new URLSearchParams();
    for (const [key, value] of Object.entries(query)) {
      for (const one of [value].flat()) {
        if (one !== undefined) search.append(key, String(one));
      }
    }
    const base = (await this.#baseUrl()).replace(/\/$/, '');
    const where = path.map(encodeURIComponent).join('/');
    const suffix = search.size > 0 ? `?${search}` : '';
    const response = await this.#fetchApi.fetch(
      `${base}/v1/${where}${suffix}`,
      {
        method,
        headers: {
          ...(body !== undefined && { 'Content-Type': 'application/json' }),
          ...(accept !== undefined && { Accept: accept }),
          ...(options.token !== undefined && {
            Authorization: `Bearer ${options.token}`,
          }),
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
        ...(options.signal && { signal: options.signal }),
      },
    );
    if (!response.ok) throw await ResponseError.fromResponse(response);
    return response;
  }
}

function pathOf({ cluster, namespace, name }: ExposureAddress): string[] {
  return ['exposures', cluster, namespace, name];
}
