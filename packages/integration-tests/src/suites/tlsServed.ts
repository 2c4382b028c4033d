import { handMade } from '../world/handMade';
import { secretNameOf, type TlsWorld } from '../world/tlsWorld';
import { saysSo, type TlsSuite } from './tlsSupport';

const DAY_MS = 86_400_000;

interface ServedCase {
  /** Of the host before the DNS suffix. Two labels are more than the wildcard certificate stands for. */
  labels: string;
  /** What lies in the Secret; undefined where there is none. */
  pair?: (host: string) => ReturnType<typeof handMade>;
  says: string;
  message: RegExp;
  remedy: RegExp;
}

const madeBy = (name: string) => handMade({ name, isCa: true });

/** Each completes "a Secret by hand whose certificate …". */
const CASES: Record<string, ServedCase> = {
  'has expired': {
    labels: 'expired',
    pair: async host =>
      handMade({
        name: 'expired',
        dnsNames: [host],
        issuer: await madeBy('some-ca'),
        notBefore: new Date(Date.now() - 3 * DAY_MS),
        notAfter: new Date(Date.now() - DAY_MS),
      }),
    says: 'Bad CertificateExpired',
    message: /it expired on /,
    remedy: /kube-system\/expired-tls/,
  },
  'is for another host': {
    labels: 'www.wrong',
    pair: async () =>
      handMade({
        name: 'wrong',
        dnsNames: ['other.example.com'],
        issuer: await madeBy('some-ca'),
      }),
    says: 'Bad CertificateNotForHost',
    message: /not for www\.wrong\./,
    remedy: /./,
  },
  'is its own signer': {
    labels: 'own',
    pair: host => handMade({ name: 'own', dnsNames: [host] }),
    says: 'Degraded CertificateSelfSigned',
    message: /it is self-signed/,
    remedy: /kube-system\/own-tls signed by an issuer with a CA/,
  },
  'is there no more': {
    labels: 'www.gone',
    says: 'Bad CertificateNotForHost',
    message: /not for www\.gone\./,
    remedy: /./,
  },
};

const nameOf = ({ labels }: ServedCase) => labels.split('.').pop()!;

/** What is served from Secrets that people wrote, as the probe sees it. */
export const tlsServed: TlsSuite = world => {
  const secretOf = (current: TlsWorld, name: string) => ({
    namespace: current.edge,
    name: secretNameOf(name),
  });

  afterEach(async () => {
    for (const name of Object.values(CASES).map(nameOf)) {
      await world().conceal(name);
      await world().certManager.removeSecret(secretOf(world(), name));
    }
  });

  it.each(Object.entries(CASES))('whose certificate %s', async (_, each) => {
    const name = nameOf(each);
    const host = world().hostOf(each.labels);
    const pair = await each.pair?.(host);
    if (pair) {
      await world().certManager.applySecret(secretOf(world(), name), pair);
    }
    await world().expose(name, { host });

    const { tls } = await world().readUntil(name, each.says, saysSo(each.says));

    expect(tls.finding.message).toMatch(each.message);
    expect(tls.finding.remedy).toMatch(each.remedy);
  });
};
