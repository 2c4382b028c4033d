import { setTimeout as pause } from 'node:timers/promises';
import type { EntityExposures } from 'backstage-plugin-networking-common';
import {
  REPOSITORY,
  routePath,
  startBackstage,
  startHandshakeRecorder,
  waitFor,
  type HandshakeRecorder,
} from 'integration-tests';
import { join } from 'node:path';
import { goalsTable, ms, table, type Report } from '../report';
import { median, percentile } from '../statistics';
import type { Bench } from '../world/bench';
import { TimedHttp } from '../world/timedHttp';

const HOSTS = 1_000;
/** As many as an HTTPRoute takes. */
const HOSTS_OF_ROUTE = 16;
const PERSON = 'user:default/sam';
const ENTITY = 'component:default/shop';
const READ = `/api/networking/v1/exposures?entityRef=${encodeURIComponent(
  ENTITY,
)}`;
/** One reader who never tires: a page that asks so often is many pages. */
const READ_EVERY_MS = 20;
/** No host for so long: the sweep is over. The next begins when the minute is over. */
const QUIET_MS = 4_000;

interface Read {
  at: number;
  milliseconds: number;
}

/** Handshakes with no quiet between them, from the first to the last. Milliseconds since the epoch. */
interface Burst {
  from: number;
  to: number;
  hosts: Set<string>;
}

/** Parts what was seen at the gateway where nobody came for a while. */
export function burstsOf(
  seen: readonly { host: string; at: number }[],
): Burst[] {
  const bursts: Burst[] = [];
  for (const { host, at } of seen) {
    const last = bursts[bursts.length - 1];
    if (last && at - last.to < QUIET_MS) {
      last.to = at;
      last.hosts.add(host);
    } else {
      bursts.push({ from: at, to: at, hosts: new Set([host]) });
    }
  }
  return bursts;
}

/**
 * The sweeps that began after a time; one that was under way then is not whole. What was asked for late once is due late in each
 * sweep, after some quiet: a sweep goes on until a host of it comes again. Stray requests are no sweep.
 */
export function wholeSweeps(
  seen: readonly { host: string; at: number }[],
  began: number,
): Burst[] {
  const sweeps: Burst[] = [];
  for (const { from, to, hosts } of burstsOf(seen)) {
    const last = sweeps[sweeps.length - 1];
    if (last && ![...hosts].some(host => last.hosts.has(host))) {
      last.to = to;
      hosts.forEach(host => last.hosts.add(host));
    } else {
      sweeps.push({ from, to, hosts: new Set(hosts) });
    }
  }
  return sweeps.filter(
    ({ from, hosts }) => from >= began && hosts.size > HOSTS / 2,
  );
}

const hostsOf = (suffix: string) =>
  Array.from({ length: HOSTS }, (_, index) => `swept-${index}.${suffix}`);

/** What was seen of these hosts: the one that is read is asked for at other times too. */
const sweptOf = ({ seen }: Pick<HandshakeRecorder, 'seen'>) =>
  seen.filter(({ host }) => host.startsWith('swept-'));

/** Routes of `docs` at the platform's Gateway, few enough for it to take up at once. */
async function exposeMany({ admin, platform }: Bench): Promise<string[]> {
  const { gateway, network } = platform.settings;
  const hosts = hostsOf(network.dnsSuffix ?? '');
  const names: string[] = [];
  for (let first = 0; first < hosts.length; first += HOSTS_OF_ROUTE) {
    const name = `swept-${first}`;
    names.push(name);
    await admin.create(routePath('docs'), {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'HTTPRoute',
      metadata: { name, namespace: 'docs' },
      spec: {
        parentRefs: [
          {
            name: gateway.name,
            namespace: gateway.namespace,
            sectionName: gateway.httpsSection,
          },
        ],
        hostnames: hosts.slice(first, first + HOSTS_OF_ROUTE),
        rules: [{ backendRefs: [{ name: 'docs', port: 8080 }] }],
      },
    });
  }
  return names;
}

/** Reads until so many sweeps have ended, at an even pace. */
async function readBeside(
  http: TimedHttp,
  recorder: HandshakeRecorder,
  sweeps: number,
): Promise<Read[]> {
  const reads: Read[] = [];
  const began = Date.now();
  const counted = () =>
    wholeSweeps(sweptOf(recorder), began).filter(
      ({ to, hosts }, index, all) =>
        index < all.length - 1 ||
        (hosts.size >= HOSTS && Date.now() - to > QUIET_MS),
    ).length;
  // Some quiet after the last belongs to it.
  let endAt: number | undefined;
  for (let turn = 0; endAt === undefined || Date.now() < endAt; turn++) {
    const wait = began + turn * READ_EVERY_MS - Date.now();
    if (wait > 0) await pause(wait);
    const at = Date.now();
    const { status, milliseconds, body } = await http.send('GET', READ);
    if (status !== 200) throw new Error(`An answer was ${status}: ${body}`);
    reads.push({ at, milliseconds });
    if (turn % 50 === 0 && endAt === undefined && counted() >= sweeps) {
      endAt = Date.now() + QUIET_MS;
    }
  }
  return reads;
}

/**
 * All hosts of a cluster asked within each minute, and what that does to those who read meanwhile: the sweep is over before the
 * minute is, so that reads with and without it come in turns.
 */
export async function measureSweep(bench: Bench): Promise<Report> {
  const { platform, settings, options } = bench;
  const { concurrency } = platform.settings.probe;
  const recorder = await startHandshakeRecorder({
    host: platform.gateway.address,
    port: platform.gateway.httpsPort,
  });
  const names = await exposeMany(bench);
  bench.say('Starting Backstage for the sweep');
  const examples = ['org.yaml', 'entities.yaml'].map(file => ({
    type: 'file',
    target: join(REPOSITORY, 'examples', file),
    rules: [{ allow: ['User', 'Group', 'Component', 'System'] }],
  }));
  const backstage = await startBackstage({
    platform,
    settings,
    stateDir: join(options.stateDir, 'sweep'),
    config: {
      'catalog.locations': examples,
      'networking.probe.address': `127.0.0.1:${recorder.proxy.port}`,
    },
    nodeArguments: options.profileDir
      ? ['--cpu-prof', `--cpu-prof-dir=${options.profileDir}`]
      : [],
  });
  try {
    const sam = await backstage.as(PERSON);
    await waitFor('shop to be exposed', () =>
      sam.apply({
        entityRef: ENTITY,
        service: { name: 'shop', port: 8080 },
        hostLabel: 'sweep-read',
      }),
    );
    const http = new TimedHttp({
      baseUrl: backstage.baseUrl,
      token: await backstage.tokenOf(PERSON),
    });
    try {
      await waitFor(
        'the exposure of shop to be Live',
        async () => {
          const { body } = await http.send('GET', READ);
          const [exposure] = (JSON.parse(body) as EntityExposures).exposures;
          return exposure?.verdict.word === 'Live' ? true : undefined;
        },
        { boundMs: 180_000, intervalMs: 500 },
      );
      bench.say(`${HOSTS} hosts, ${options.sweeps} sweeps`);
      const began = Date.now();
      const reads = await readBeside(http, recorder, options.sweeps);
      return reportOf(bench, {
        reads,
        concurrency,
        seen: recorder.seen,
        began,
      });
    } finally {
      http.close();
    }
  } finally {
    await backstage.stop();
    await recorder.proxy.close();
    for (const name of names) {
      await bench.admin.remove(routePath('docs', name));
    }
  }
}

function reportOf(
  bench: Bench,
  {
    reads,
    seen,
    began,
    concurrency,
  }: {
    reads: readonly Read[];
    seen: HandshakeRecorder['seen'];
    began: number;
    concurrency: number;
  },
): Report {
  const sweeps = wholeSweeps(sweptOf({ seen }), began);
  const bursts = burstsOf(seen);
  const isSwept = (read: Read) =>
    bursts.some(({ from, to }) => read.at >= from && read.at <= to);
  const times = (chosen: readonly Read[]) =>
    chosen.map(({ milliseconds }) => milliseconds);
  const sweeping = times(reads.filter(isSwept));
  const idle = times(reads.filter(read => !isSwept(read)));
  const p99 = (values: readonly number[]) => percentile(values, 0.99);
  const row = (what: string, values: readonly number[]) => [
    what,
    String(values.length),
    ms(median(values)),
    ms(p99(values)),
  ];
  const longest = Math.max(...sweeps.map(({ from, to }) => to - from));
  return {
    name: 'sweep',
    markdown: [
      ...table([
        ['entity reads', 'number', 'p50', 'p99'],
        row('between sweeps', idle),
        row('during a sweep', sweeping),
      ]),
      '',
      ...goalsTable([
        {
          what: `${HOSTS} hosts asked, longest of ${sweeps.length} sweeps`,
          measured: longest / 1_000,
          unit: 's',
          wanted: { atMost: 60 },
        },
        {
          what: 'hosts of the sweep that asked fewest',
          measured: Math.min(...sweeps.map(({ hosts }) => hosts.size)),
          unit: 'hosts',
          wanted: { atLeast: HOSTS },
        },
        {
          what: 'entity read during a sweep to one between sweeps, p99',
          measured: p99(sweeping) / p99(idle),
          unit: 'times',
          wanted: { atMost: 1.2 },
        },
      ]),
      '',
      `${concurrency} hosts at a time. ${bench.environment}`,
    ].join('\n'),
  };
}
