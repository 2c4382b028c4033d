import { badTls, expiringTls, finding, goodTls } from '../../../dev/fake';
import { renderWithTexts } from '../../__testUtils__/renderWithTexts';
import { TlsLine } from './TlsLine';

describe('TlsLine', () => {
  it.each([
    [
      'good TLS in one line',
      goodTls(),
      /^TLS: Healthy · Issued by idp-demo-ca · valid until \w+ \d+, \d{4} \(.* (UTC|GMT).*\)$/,
    ],
    [
      'what will hurt, with the remedy',
      expiringTls(),
      /^TLS: Warning · .*6 days left.*Browsers refuse this host in 6 days.*look at Certificate kube-system\/idp-wildcard-cert\.$/,
    ],
    [
      'what browsers refuse, trusted by nobody',
      badTls(),
      /^TLS: Critical · ((?!Verified by).)*was replaced on 3 March\.Renew Certificate/,
    ],
    [
      'which CA verifies it where the issuer is called otherwise',
      { ...goodTls(), issuer: { kind: 'ClusterIssuer', name: 'corporate' } },
      /Issued by corporate · .* · Verified by the CA idp-demo-ca$/,
    ],
    [
      'a host that the certificate leaves out',
      { ...goodTls(), word: 'Bad' as const, coversHost: false },
      /Doesn't cover this host/,
    ],
    [
      'what is not known, and why',
      {
        word: 'Unknown' as const,
        finding: finding('X', 'The issuer cannot be read.'),
      },
      /^TLS: UnknownThe issuer cannot be read\.$/,
    ],
    [
      'clear text',
      {
        word: 'None' as const,
        finding: finding('X', 'Everyone on the way can read.'),
      },
      /^No TLSEveryone on the way can read\.$/,
    ],
  ])('says %s', (_, tls, sentence) => {
    const { container } = renderWithTexts(<TlsLine tls={tls} />);
    expect(container.textContent).toMatch(sentence);
  });

  it('says only the word and the days where there is little room', () => {
    const { container } = renderWithTexts(
      <TlsLine tls={expiringTls()} short />,
    );
    expect(container.textContent).toMatch(/^TLS: Warning · 6 days left/);
    expect(container.textContent).not.toContain('Issued by');
  });

  it('does not repeat what stands beside it', () => {
    const tls = badTls();
    const { container } = renderWithTexts(
      <TlsLine tls={tls} said={tls.finding.message} />,
    );
    expect(container.textContent).not.toContain(tls.finding.message);
  });
});
