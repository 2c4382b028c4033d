import { mkdir, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import {
  adminOf,
  AuditLog,
  REPOSITORY,
  startBackstage,
  startTestPlatform,
  type Admin,
  type Backstage,
} from 'integration-tests';
import { writeTestSettings, type Platform } from 'local-platform';
import { createApplications, fill, withoutGateway } from './fill';
import {
  collectionOf,
  components,
  namespacesOf,
  playedGateway,
} from './objects';
import { urlApplications, urlComponents, urlNamespace } from './urls';

const ENTITIES = 300;
const BACKEND = 'system:serviceaccount:backstage:networking-backend';

export interface BenchOptions {
  stateDir: string;
  /** Pairs of applies. */
  pairs: number;
  /** HTTPRoutes, and as many Services and EndpointSlices. */
  objects: number;
  /** Rounds of reads for each person. */
  rounds: number;
  /** Sweeps of all hosts, one each minute. */
  sweeps: number;
  /** A folder for CPU profiles of Backstage; none where it is not set. */
  profileDir?: string;
}

/** What measurements share: one platform, and a Backstage that is started when it is first asked for. */
export interface Bench {
  options: BenchOptions;
  platform: Platform;
  /** The config.toml that the platform was started with. */
  settings: string;
  admin: Admin;
  /** What Backstage asks of the API server. */
  audit: AuditLog;
  /** What ran it, for the page. */
  environment: string;
  say(line: string): void;
  backstage(): Promise<Backstage>;
  /** Resolves once there are entities with one URL and with many. */
  withUrls(): Promise<void>;
  /** Resolves once the cluster holds as many objects as the options say. */
  filled(): Promise<void>;
  stop(): Promise<void>;
}

/** Catalog entities of which few have anything to do with what is read, so that the catalog is not empty. */
async function writeEntities(stateDir: string): Promise<string> {
  const file = join(stateDir, 'entities.yaml');
  await mkdir(stateDir, { recursive: true });
  await writeFile(
    file,
    [...components(ENTITIES), ...urlComponents()]
      .map(entity => JSON.stringify(entity))
      .join('\n---\n'),
  );
  return file;
}

export async function startBench(
  options: BenchOptions & { say(line: string): void },
): Promise<Bench> {
  const { stateDir, say, profileDir } = options;
  say('Starting the local platform');
  const settings = await writeTestSettings(stateDir);
  const platform = await startTestPlatform(stateDir, settings);
  const admin = await adminOf(platform);
  let backstage: Promise<Backstage> | undefined;
  let filled: Promise<void> | undefined;
  let played: Promise<void> | undefined;
  let urls: Promise<void> | undefined;

  const play = async () => {
    for (const object of [...namespacesOf(1), ...playedGateway()]) {
      await admin.create(collectionOf(object), object);
    }
  };
  const addUrls = async () => {
    await (played ??= play());
    const namespace = urlNamespace();
    await admin.create(collectionOf(namespace), namespace);
    await withoutGateway(platform, () =>
      createApplications(admin, urlApplications()),
    );
  };
  const fillIt = async () => {
    await (played ??= play());
    await fill({ platform, admin, count: options.objects, onProgress: say });
  };

  const start = async () => {
    say('Starting Backstage');
    const examples = ['org.yaml', 'entities.yaml'].map(file => ({
      type: 'file',
      target: join(REPOSITORY, 'examples', file),
      rules: [{ allow: ['User', 'Group', 'Component', 'System'] }],
    }));
    return startBackstage({
      platform,
      settings,
      stateDir,
      config: {
        'catalog.locations': [
          ...examples,
          { type: 'file', target: await writeEntities(stateDir) },
        ],
      },
      nodeArguments: profileDir
        ? ['--cpu-prof', `--cpu-prof-dir=${profileDir}`]
        : [],
    });
  };

  return {
    options,
    platform,
    settings,
    admin,
    audit: new AuditLog({
      file: platform.auditLogFile,
      username: BACKEND,
      touch: path => admin.request('GET', path),
    }),
    environment: `Local platform on ${availableParallelism()} cores, Node ${
      process.versions.node
    }.`,
    say,
    backstage: () => (backstage ??= start()),
    withUrls: () => (urls ??= addUrls()),
    filled: () => (filled ??= fillIt()),
    async stop() {
      await backstage?.then(
        started => started.stop(),
        () => {},
      );
      admin.close();
      await platform.stop();
    },
  };
}
