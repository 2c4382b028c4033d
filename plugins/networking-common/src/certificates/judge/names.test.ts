import { all, both, type World } from '../__testUtils__/facts';
import { judge, seen, wanted, type Cases } from '../__testUtils__/cases';

const byHand = ({ facts }: World) => {
  delete (facts as Partial<World['facts']>).certificate;
};

describe('a certificate, whatever host it is for', () => {
  const cases: Cases = {
    'is bad with a common name alone, which no browser reads': {
      change: both({ dnsNames: [], subject: 'CN=*.example.org' }),
      word: 'Bad',
      reason: 'CertificateNotForHost',
      says: /^Browsers refuse this certificate for every host: it names no host; browsers do not read its common name, \*\.example\.org\.$/,
      remedy:
        /^Add its hosts to spec\.dnsNames of Certificate kube-system\/wildcard\.$/,
    },
    'is degraded with IP addresses alone': {
      change: both({ dnsNames: [], otherNames: ['IP:192.0.2.1'] }),
      word: 'Degraded',
      reason: 'CertificateNotForHost',
      says: /it is for 192\.0\.2\.1 alone and names no host/,
    },
    'is good with IP addresses beside DNS names': {
      change: both({ otherNames: ['IP:192.0.2.1'] }),
      word: 'Good',
      reason: 'CertificateGood',
    },
    'is bad without any name in a Secret that somebody fills by hand': {
      change: all(both({ dnsNames: [], subject: '' }), byHand),
      word: 'Bad',
      reason: 'CertificateNotForHost',
      says: /: it names no host\.$/,
      remedy: /^Put a certificate into Secret kube-system\/wildcard-tls /,
    },
  };
  it.each(Object.entries(cases))('%s', (_, one) => {
    expect(seen(one)).toEqual(wanted(one));
  });

  it('needs no DNS name where it is a CA', () => {
    const { findings } = judge(world => {
      const { ca, signer } = world.facts;
      world.role = 'ca';
      world.facts = {
        secret: { namespace: 'cert-manager', name: 'ca-tls' },
        certificate: ca,
        leaf: signer,
      } as World['facts'];
    });
    expect(findings).toEqual([]);
  });
});
