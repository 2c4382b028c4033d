import { render } from '@testing-library/react';
import { badTls, expiringTls, finding, goodTls } from '../../../dev/fake';
import { TlsLine } from './TlsLine';

describe('TlsLine', () => {
  it.each([
    [
      'good TLS in one line',
      goodTls(),
      /^TLS good — signed by idp-demo-ca, covers this host, 341 days left \(valid until .*\), verified by the CA idp-demo-ca$/,
    ],
    [
      'what will hurt, with the remedy',
      expiringTls(),
      /^TLS degraded — .*6 days left.*Browsers refuse this host in 6 days.*look at Certificate kube-system\/idp-wildcard-cert\.$/,
    ],
    [
      'what browsers refuse, trusted by nobody',
      badTls(),
      /^TLS bad — ((?!trusted by).)*was replaced on 3 March\.Renew Certificate/,
    ],
    [
      'a host that the certificate leaves out',
      { ...goodTls(), word: 'Bad' as const, coversHost: false },
      /does not cover this host/,
    ],
    [
      'what is not known, and why',
      {
        word: 'Unknown' as const,
        finding: finding('X', 'The issuer cannot be read.'),
      },
      /^TLS not knownThe issuer cannot be read\.$/,
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
    const { container } = render(<TlsLine tls={tls} />);
    expect(container.textContent).toMatch(sentence);
  });

  it('says only the word and the days where there is little room', () => {
    const { container } = render(<TlsLine tls={expiringTls()} short />);
    expect(container.textContent).toMatch(/^TLS degraded — 6 days left/);
    expect(container.textContent).not.toContain('signed by');
  });

  it('does not repeat what stands beside it', () => {
    const tls = badTls();
    const { container } = render(
      <TlsLine tls={tls} said={tls.finding.message} />,
    );
    expect(container.textContent).not.toContain(tls.finding.message);
  });
});
