import { makeCertificate } from '../../__testUtils__/certificates';
import { nameConstraints } from '../../__testUtils__/nameConstraints';
import { parse } from './__testUtils__/chain';
import { verify } from './verify';
import { summarize } from './x509';

type Limits = Parameters<typeof nameConstraints>[0];

const P = 'PERMITTED_VIOLATION';
const E = 'EXCLUDED_VIOLATION';

async function errorOf(
  limits: Limits,
  names: { name?: string; dnsNames?: string[]; ips?: string[] },
) {
  const ca = await makeCertificate({
    name: 'ca',
    isCa: true,
    extensions: [nameConstraints(limits)],
  });
  const leaf = await makeCertificate({ name: 'x', ...names, issuer: ca });
  return verify({
    leaf: parse(leaf),
    intermediates: [],
    trusted: [parse(ca)],
    now: new Date(),
  }).error;
}

describe('name constraints', () => {
  const CASES: Record<
    string,
    [Limits, Parameters<typeof errorOf>[1], string | undefined]
  > = {
    'permit a domain itself': [
      { permitted: ['dns:example.com'] },
      { dnsNames: ['example.com'] },
      undefined,
    ],
    'permit what is below it, in any case of letters': [
      { permitted: ['dns:Example.com'] },
      { dnsNames: ['a.B.eXample.com', '*.example.com'] },
      undefined,
    ],
    'permit no name that merely ends so': [
      { permitted: ['dns:example.com'] },
      { dnsNames: ['badexample.com'] },
      P,
    ],
    'permit no wildcard above it': [
      { permitted: ['dns:a.example.com'] },
      { dnsNames: ['*.example.com'] },
      P,
    ],
    'with a leading dot permit what is below alone': [
      { permitted: ['dns:.example.com'] },
      { dnsNames: ['example.com'] },
      P,
    ],
    'refuse for one name of several': [
      { permitted: ['dns:example.com', 'dns:example.org'] },
      { dnsNames: ['a.example.org', 'a.example.net'] },
      P,
    ],
    'exclude what is below': [
      { excluded: ['dns:example.com'] },
      { dnsNames: ['a.example.com'] },
      E,
    ],
    'exclude a wildcard that stands for an excluded name, too': [
      { excluded: ['dns:a.example.com'] },
      { dnsNames: ['*.example.com'] },
      E,
    ],
    'exclude within what they permit': [
      { permitted: ['dns:example.com'], excluded: ['dns:a.example.com'] },
      { dnsNames: ['b.a.example.com'] },
      E,
    ],
    'exclude every name of a kind': [
      { excluded: ['dns:'] },
      { dnsNames: ['example.com'] },
      E,
    ],
    'of DNS leave addresses alone': [
      { permitted: ['dns:example.com'] },
      { dnsNames: ['example.com'], ips: ['10.0.0.1'] },
      undefined,
    ],
    'permit an address of a network': [
      { permitted: ['ip:0a000000ff000000'] },
      { ips: ['10.1.2.3'] },
      undefined,
    ],
    'permit none of another network': [
      { permitted: ['ip:0a000000ff000000'] },
      { ips: ['11.1.2.3'] },
      P,
    ],
    'exclude an address of version 6': [
      {
        excluded: [
          'ip:20010db8000000000000000000000000ffffffff000000000000000000000000',
        ],
      },
      { ips: ['2001:db8::1'] },
      E,
    ],
    'permit no address of the other version': [
      { permitted: ['ip:0a000000ff000000'] },
      { ips: ['2001:db8::1'] },
      P,
    ],
    'of directory names hold for the subject': [
      { permitted: ['cn:shop'] },
      { name: 'other', dnsNames: ['example.com'] },
      P,
    ],
    'of directory names permit the same subject': [
      { permitted: ['cn:Shop'] },
      { name: 'shop', dnsNames: ['example.com'] },
      undefined,
    ],
  };
  it.each(Object.entries(CASES))('%s', async (_, [limits, names, expected]) => {
    await expect(errorOf(limits, names)).resolves.toBe(expected);
  });

  it('are told as text', async () => {
    const ca = await makeCertificate({
      name: 'ca',
      isCa: true,
      extensions: [
        nameConstraints({
          permitted: ['dns:example.com', 'ip:0a000000ff000000'],
          excluded: ['ip:0a000000ff00ff00', 'email:example.org', 'uri:.a.b'],
        }),
      ],
    });
    expect(summarize(parse(ca)).nameConstraints).toEqual({
      permitted: ['DNS:example.com', 'IP:10.0.0.0/8'],
      excluded: ['IP:10.0.0.0/255.0.255.0', 'email:example.org', 'URI:.a.b'],
    });
  });
});
