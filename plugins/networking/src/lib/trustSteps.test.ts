import { spawnSync } from 'node:child_process';
import { createHash, X509Certificate } from 'node:crypto';
import {
  caBundle,
  intermediateCaBundle,
  replacedCaBundle,
} from '../../dev/fake';
import { caFiles, profileOf } from './caFiles';
import { derOf } from './pem';
import { trustPlatforms } from './trustSteps';

const URL = 'https://shop.192-0-2-20.nip.io:30443';

const commandsOf = (
  cluster: string,
  bundle = caBundle(),
  url: string | undefined = URL,
) =>
  trustPlatforms(caFiles(cluster, bundle), url).flatMap(({ title, guides }) =>
    guides.flatMap(guide =>
      [...guide.steps, ...guide.undo].flatMap(({ command }) =>
        command ? [{ title, command }] : [],
      ),
    ),
  );

it('hands over the bytes that the fingerprint is of', () => {
  for (const { ca } of caFiles('local', replacedCaBundle()).each) {
    const der = derOf(ca.pem);
    const digest = createHash('sha256').update(der).digest('hex').toUpperCase();
    expect(digest.match(/../g)?.join(':')).toBe(
      ca.certificate.fingerprintSha256,
    );
    expect(new X509Certificate(der).subject).toBe(ca.certificate.subject);
  }
});

it('names one file for one CA, and tells several apart by their fingerprints', () => {
  expect(caFiles('local', caBundle())).toMatchObject({
    each: [{ crt: 'local-ca.crt', cer: 'local-ca.cer', alias: 'local-ca' }],
    all: 'local-ca.crt',
    profile: 'local-ca.mobileconfig',
  });
  const several = caFiles('local', replacedCaBundle());
  expect(several.each.map(({ crt }) => crt)).toEqual([
    'local-ca-d190bea1.crt',
    'local-ca-3175f539.crt',
  ]);
  expect(several.all).toBe('local-ca-all.pem');
});

it.each([
  [
    'arn:aws:eks:eu-central-1:1:cluster/shop',
    'arn-aws-eks-eu-central-1-1-cluster-shop-ca.crt',
  ],
  ['-rf; $(touch x)', 'rf-touch-x-ca.crt'],
  ['..', 'cluster-ca.crt'],
])('makes a plain file name of cluster %s', (cluster, name) => {
  expect(caFiles(cluster, caBundle()).all).toBe(name);
});

it.each(['local', '-rf; $(touch x)'])(
  'has only commands that a shell can read, for cluster %s',
  cluster => {
    for (const bundle of [caBundle(), replacedCaBundle()]) {
      for (const { title, command } of commandsOf(cluster, bundle)) {
        const { status, stderr } = spawnSync('sh', ['-n', '-c', command]);
        expect([title, command, String(stderr), status]).toEqual([
          title,
          command,
          '',
          0,
        ]);
        expect(command).not.toContain('touch x)');
      }
    }
  },
);

it('names the real files and the URL, and undoes every step', () => {
  const commands = commandsOf('local').map(({ command }) => command);
  expect(commands).toContain(`curl --cacert local-ca.crt ${URL}`);
  expect(commands.filter(command => command.includes(URL))).toHaveLength(3);
  expect(
    commands.some(command =>
      command.includes(
        `-Z ${caFiles(
          'local',
          caBundle(),
        ).each[0].ca.certificate.fingerprintSha256.replace(/:/g, '')}`,
      ),
    ),
  ).toBe(true);
  for (const { guides } of trustPlatforms(caFiles('local', caBundle()), URL)) {
    for (const guide of guides) expect(guide.undo.length).toBeGreaterThan(0);
  }
});

it('takes the URL from the shell where none is known', () => {
  const files = caFiles('local', caBundle());
  const programs = trustPlatforms(files, undefined).find(
    ({ id }) => id === 'programs',
  );
  expect(programs?.guides[0].steps[0].command).toBe(
    'curl --cacert local-ca.crt "$URL"',
  );
});

it('never hands over a key', () => {
  const files = caFiles('local', replacedCaBundle());
  expect(`${files.pem} ${profileOf('local', files)}`).not.toMatch(
    /PRIVATE|BEGIN (?!CERTIFICATE)/,
  );
});

it.each([
  ['a root', caBundle, 'trustRoot', 'certutil -addstore'],
  ['an intermediate', intermediateCaBundle, 'trustAsRoot', 'certutil -f'],
])('adds %s in the way in which it is taken', (_, bundle, result, windows) => {
  const commands = commandsOf('local', bundle());
  expect(
    commands.find(({ command }) => command.includes('add-trusted-cert')),
  ).toMatchObject({ command: expect.stringContaining(` -r ${result} `) });
  expect(
    commands.find(({ command }) => command.includes('-addstore')),
  ).toMatchObject({ command: expect.stringContaining(windows) });
});
