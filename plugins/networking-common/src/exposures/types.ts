import type { CertificateFacts } from '../certificates/types';
import type { HttpRoute, Route, RouteKind } from '../gateway-api/types';
import type { PrecedenceCriterion } from '../gateway-api/precedence';
import type {
  DnsStatus,
  Finding,
  ProbeFacts,
  TlsStatus,
  Verdict,
  VerdictWord,
} from '../verdicts/types';

/**
 * What a person or a template asks for. Only `entityRef` is needed where the rest is unambiguous.
 * @public
 */
export interface ExposureRequest {
  /** Full entity ref, `component:default/shop`. */
  entityRef: string;
  /** Name of a configured cluster. Default: the only one that has a Service of the entity. */
  cluster?: string;
  /** Default: the only granted namespace that has a Service of the entity. */
  namespace?: string;
  /** Default: the only Service of the entity, and its only TCP port. */
  service?: { name?: string; port?: number };
  /** First label of the hostname. Default: the entity's name as a DNS label. */
  hostLabel?: string;
  /**
   * Take over fields that another field manager owns. Needs `networking.platform.update`, and is refused for routes
   * that Argo CD, Flux or Helm manage. Default false.
   */
  takeOwnership?: boolean;
  /**
   * `create` only adds: a URL that the entity has already is refused, whatever it holds. `update` only changes one that
   * it has. Default: either, so that a request can be repeated; what it holds already is `unchanged`.
   */
  intent?: 'create' | 'update';
  /** `metadata.uid` of the exposure to change, which is refused where there is another one, or none. */
  uid?: string;
  /**
   * Take live requests from where they go now, as findings of severity `confirm` say. Without it, a plan with such a
   * finding is not applied. Default false.
   */
  replace?: boolean;
}

/** The request after every default was filled in. @public */
export interface ResolvedRequest {
  entityRef: string;
  cluster: string;
  namespace: string;
  service: { name: string; port: number };
  hostLabel: string;
  takeOwnership: boolean;
}

/** One changed field. Path in the object, `spec.rules[0].backendRefs[0].name`. @public */
export interface FieldChange {
  path: string;
  before?: unknown;
  after?: unknown;
}

/**
 * What applying does; with findings of severity `confirm`, only where the request says `replace`: see
 * `unconfirmedFindings`.
 * @public
 */
export type PlanAction = 'create' | 'update' | 'unchanged' | 'refused';

/**
 * What applying a request would do. `diff` is against the live object after the API server's defaulting (server-side
 * dry run); the digest covers desired objects, the live object's uid, spec and our metadata, finding reasons, and what
 * is to be confirmed. It is the same with and without `replace`: whoever confirms agrees to the plan that was shown.
 * @public
 */
export interface ExposurePlan {
  action: PlanAction;
  /** Filled as far as the request could be resolved. */
  request: ExposureRequest & Partial<ResolvedRequest>;
  /** Present unless the request could not be resolved far enough to say. */
  host?: string;
  url?: string;
  /** Name of the route in the namespace. */
  name?: string;
  objects: HttpRoute[];
  /** The exact YAML that would be applied, one document for each object. Empty where there is none. */
  yaml: string;
  diff: FieldChange[];
  /** Blocking ones first. */
  findings: Finding[];
  /**
   * A label that is free, where a finding refuses the one asked for, or would have live requests confirmed, and the
   * request may add a URL.
   */
  freeHostLabel?: string;
  digest: string;
}

/** @public */
export interface ApplyResult {
  /** What was done: `unchanged` where the cluster already held exactly this. */
  action: 'create' | 'update' | 'unchanged';
  exposure: Exposure;
  plan: ExposurePlan;
}

/** Why a route belongs to an entity: the first that holds, in this order. @public */
export type MatchReason =
  | 'annotation'
  | 'kubernetes-id'
  | 'label-selector'
  | 'service';

/**
 * One stop of the way a request takes. `state` is said in words and icons.
 * @public
 */
export interface WayStop {
  kind: 'client' | 'address' | 'listener' | 'route' | 'service' | 'endpoints';
  label: string;
  /**
   * `failing` marks the stop that decided a Broken verdict; `refused` does where it is the certificate that browsers refuse,
   * and requests of those who take it get through.
   */
  state: 'ok' | 'waiting' | 'failing' | 'refused' | 'unknown';
  note?: string;
}

/** A host of an exposure. @public */
export interface ExposureHost {
  /** A hostname, `*.` and one, or `*` where neither the route nor its listener names any. */
  host: string;
  /**
   * Absolute URL with the public port where that is not the scheme's own; undefined where no listener serves the host, or none
   * can be known. Of `*` in clear it is `http://`, lan_ip of the settings and the port.
   */
  url?: string;
  listener?: string;
  verdict: Verdict;
  tls: TlsStatus;
  way: WayStop[];
  probe?: ProbeFacts;
  /** Absent where the host is no name that could be looked up. */
  dns?: DnsStatus;
  /** Other routes that claim this host. Absent where there are none. */
  contest?: HostContest[];
}

/**
 * What settles, or leaves open, which of two routes gets requests of a host:
 * - a {@link PrecedenceCriterion}, where the Gateway API's precedence does;
 * - `connection`: a TLS listener of the same port takes connections by their server name, before HTTP is spoken;
 * - `regularExpression`: paths by regular expression rank as the controller likes;
 * - `routeKinds`: a listener may take only one of HTTPRoute and GRPCRoute for a host, and the controller took both;
 * - `fallback`: the other route names the host more exactly, and the controller decides whether it asks this one for what
 *   that one does not match;
 * - `sameAddress`, `otherAddress`, `addressNotKnown`: the other route is served elsewhere than through this Gateway.
 * @public
 */
export type ContestBasis =
  | PrecedenceCriterion
  | 'connection'
  | 'regularExpression'
  | 'routeKinds'
  | 'fallback'
  | 'sameAddress'
  | 'otherAddress'
  | 'addressNotKnown';

/**
 * Another route that claims the same host, and which of the two gets the requests that both claim.
 * @public
 */
export interface HostContest {
  /**
   * `loses`: the other route gets `requests`. `wins`: this one gets them. `undetermined`: the controller decides.
   * `elsewhere`: where the host's name leads decides.
   */
  outcome: 'loses' | 'wins' | 'undetermined' | 'elsewhere';
  basis: ContestBasis;
  /** In words, by this route's own matches: `/`, `POST /api`. Empty where every request is meant. */
  requests: string[];
  /** Absent where the caller may not read the other route. `entities` are those that the caller may read. */
  route?: {
    kind: RouteKind;
    namespace: string;
    name: string;
    entities: string[];
  };
}

/**
 * A route of the cluster that makes something reachable, seen together with its listener, Services, certificate and
 * probe.
 * @public
 */
export interface Exposure {
  cluster: string;
  namespace: string;
  name: string;
  uid: string;
  generation: number;
  resourceVersion?: string;
  createdAt?: string;
  kind: RouteKind;
  /** Made by this plugin, so that it can be changed and removed here. */
  managed: boolean;
  /** Who manages it otherwise, as far as labels and annotations tell: `Argo CD`, `Flux`, `Helm`. */
  managedBy?: string;
  /** Entities that the caller may read, with the reason of the match. */
  entities: { entityRef: string; reason: MatchReason }[];
  hosts: ExposureHost[];
  services: {
    namespace: string;
    name: string;
    port?: number;
    weight?: number;
    ready?: number;
    total?: number;
  }[];
  /** The worst of its hosts. */
  verdict: Verdict;
  tls: TlsStatus;
  findings: Finding[];
}

/** One exposure with its manifest as it stands in the cluster, without managedFields. @public */
export interface ExposureDetail extends Exposure {
  manifest: Route;
  yaml: string;
  /** What is known of the certificate of each host that is served over TLS. */
  certificates?: { hosts: string[]; facts: CertificateFacts }[];
}

/** Answer of `POST /v1/exposures/{cluster}/{namespace}/{name}/probe`. @public */
export interface ProbeAnswer {
  exposure: Exposure;
  /** Hosts that were asked now; the others were asked a moment ago. */
  asked: string[];
  /** ISO 8601 time from which the hosts may be asked again. */
  againAt?: string;
}

/** A cluster that could not be read, or not wholly. Data is shown with its age, never replaced by an error page. @public */
export interface ClusterState {
  cluster: string;
  reachable: boolean;
  /** ISO 8601 time of the data shown, where that is not now. */
  observedAt?: string;
  findings: Finding[];
}

/** An exposure of an entity in short; the whole is read by its address. @public */
export interface ExposureRow extends ExposureAddress {
  /** Opaque: what to ask for it by. Stays while the route keeps its cluster, namespace and name. */
  id: string;
  kind: RouteKind;
  /** The first of its hosts, and its URL; absent where it has none. */
  host?: string;
  url?: string;
  hostCount: number;
  /** The worst of its hosts, without the finding's details. */
  verdict: Verdict;
  /** ISO 8601 time since when each of its hosts that a probe is known of was asked. Absent where none is. */
  checkedAt?: string;
  tls: { word: TlsStatus['word']; validUntil?: string };
}

/** Answer of `GET /v1/exposures?entityRef=…`: some 150 kB at most, however many URLs the entity has. @public */
export interface EntityExposures {
  entityRef: string;
  /** Those that were asked for by `id`, in that order; else the first of what was found. */
  rows: ExposureRow[];
  /**
   * `id` of everything that was found, the worst verdict first and then by host: at most 5,000. Read with the next answer, it
   * may be another one: to show it page by page keep it, and ask for the rows of a page by `id`.
   */
  order: string[];
  /** How many were found. */
  totalItems: number;
  /** How many of them have each verdict. */
  verdicts: Partial<Record<VerdictWord, number>>;
  /** Of the first host by the alphabet that answers, else of the first that has one. Absent where none has. */
  url?: string;
  /** The same as `rows`, whole and probed, where the entity has at most eight hosts and no rows were chosen; else empty. */
  exposures: Exposure[];
  /** One for each route of the entity that is not judged, being no HTTPRoute. Absent where there is none. */
  notJudged?: Finding[];
  /** Where its labels tie no route to the entity, as the namespace is granted to others. Absent where that is nowhere. */
  notMatched?: Finding[];
  clusters: ClusterState[];
  /** What the caller may do, so that the UI offers nothing that will be refused. */
  permissions: { create: boolean; update: boolean; delete: boolean };
  /** Why nobody writes, whatever the entity and its owners. Absent where writes are decided by permissions. */
  writesRefused?: Finding;
  /**
   * Opaque: a signal on {@link CHANGES_CHANNEL} that names it says that this answer may have changed. Absent where the
   * signals plugin is not installed.
   */
  topic?: string;
}

/** One host of one exposure: a row of the Exposures page. @public */
export interface HostRow {
  cluster: string;
  namespace: string;
  name: string;
  kind: RouteKind;
  host: string;
  url?: string;
  verdict: Verdict;
  tls: { word: TlsStatus['word']; validUntil?: string };
  /** Entities that the caller may read. */
  entities: { entityRef: string; reason: MatchReason }[];
  /** Owners of those entities, full refs. */
  owners: string[];
  managed: boolean;
}

/** Answer of `GET /v1/hosts`. Totals count only rows that the caller may read. @public */
export interface HostsPage {
  items: HostRow[];
  totalItems: number;
  /** How many of the rows that the other filters leave have each value, for the filter's choices. */
  facets: Record<HostFacet, { value: string; count: number }[]>;
  nextCursor?: string;
  /** As in {@link EntityExposures}. */
  topic?: string;
  clusters: ClusterState[];
  /** Why it lacks what others read: access restrictions of the token of a service. Absent for users. */
  findings?: Finding[];
}

/** @public */
export type HostFacet =
  | 'verdict'
  | 'owner'
  | 'namespace'
  | 'cluster'
  | 'reason';

/** Answer of `GET /v1/exposures`. Totals count only rows that the caller may read. @public */
export interface ExposuresPage {
  items: Exposure[];
  totalItems: number;
  nextCursor?: string;
  clusters: ClusterState[];
  /** As in {@link HostsPage}. */
  findings?: Finding[];
}

/** @public */
export interface ExposablePort {
  port: number;
  name?: string;
  appProtocol?: string;
}

/** A Service that an entity may expose, or the reason why not. @public */
export interface ExposableService {
  cluster: string;
  namespace: string;
  name: string;
  ports: ExposablePort[];
  /** One that is free, for one more exposure by this Service. Absent where none is known, or it cannot be exposed. */
  freeHostLabel?: string;
  /** Set where it cannot be exposed: ExternalName, headless, reserved namespace, namespace not granted, … */
  refusal?: Finding;
}

/** Answer of `GET /v1/services?entityRef=…`. @public */
export interface ExposableServices {
  entityRef: string;
  services: ExposableService[];
  clusters: (ClusterState & {
    /** Undefined where it is not known; then writes are blocked. */
    dnsSuffix?: string;
    publicHttpsPort: number;
    /** Set where nothing can be written to this cluster at present. */
    blocked?: Finding;
  })[];
}

/** Address of an exposure in URLs. @public */
export interface ExposureAddress {
  cluster: string;
  namespace: string;
  name: string;
}
