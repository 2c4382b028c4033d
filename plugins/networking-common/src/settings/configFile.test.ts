import fc from 'fast-check';
import { ConfigFileError, parseConfigToml } from './configFile';

const TOKEN = 'ghp_q7Rw2LmZx9';
const PASSWORD = 'kX4-vN8pT1';

/** A file of the reference platform's shape, with other tools' secrets in it. */
const REFERENCE = `
[cluster]
name = "idp-demo"

[fuses]
policies = true
security = true

[images]
preload = ["busybox:1.36", "nginx:1.27"]

[network]
lan_ip = ""  # empty: computed
nodeport_http = 30080
nodeport_https = 30443

[versions]
cilium = "1.18.2"
cert_manager = "1.19.0"

[operational]
timeout = "300s"

[git]
repo_url = "https://example.com/idp.git"
github_token = "${TOKEN}"

[argocd]
insecure = true

[gateway]
wait_timeout = "60s"

[registry]
host = "registry.example.com"
password = "${PASSWORD}"
`;

const errorOf = (text: string): ConfigFileError => {
  try {
    parseConfigToml(text);
  } catch (error) {
    if (error instanceof ConfigFileError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
};

describe('parseConfigToml', () => {
  describe("with a file of the reference platform's shape", () => {
    it('reads its network table and has nothing to complain about', () => {
      const file = parseConfigToml(REFERENCE, '/etc/idp/config.toml');
      expect(file).toEqual({
        path: '/etc/idp/config.toml',
        values: [
          { key: 'network.lan_ip', value: '', line: 13, column: 1 },
          { key: 'network.nodeport_http', value: 30080, line: 14, column: 1 },
          { key: 'network.nodeport_https', value: 30443, line: 15, column: 1 },
        ],
        problems: [],
      });
    });

    it("keeps none of other tools' values", () => {
      const kept = JSON.stringify(parseConfigToml(REFERENCE));
      for (const word of [TOKEN, PASSWORD, 'registry', 'git', 'busybox']) {
        expect(kept).not.toContain(word);
      }
    });

    it('puts no secret into an error, wherever the file is broken', () => {
      const breakages = [
        `github_token = "${TOKEN}`,
        `github_token = ${TOKEN}`,
        `github_token = "${TOKEN}" ${TOKEN}`,
        `${TOKEN}`,
        `${TOKEN} = `,
        `github_token = """\n${TOKEN} = 1\n`,
        `[${TOKEN}`,
        `github_token = "${TOKEN}"\ngithub_token = "${TOKEN}"`,
        `github_token = "\\u12${TOKEN}"`,
      ];
      for (const breakage of breakages) {
        const error = errorOf(
          REFERENCE.replace(`github_token = "${TOKEN}"`, breakage),
        );
        const told = JSON.stringify([
          error.message,
          error.stack,
          error.cause,
          Object.entries(error),
        ]);
        expect(told).not.toContain(TOKEN);
        expect(told).not.toContain(PASSWORD);
      }
    });
  });

  it('reads values of single clusters and grants of namespaces', () => {
    const file = parseConfigToml(`
[policies.grants]
shop = ["group:default/team-shop"]
[clusters.prod.network]
dns_suffix = "apps.example.com"
[clusters.prod.policies.grants]
docs = ["team-docs"]
`);
    expect(file.problems).toEqual([]);
    expect(file.values).toEqual([
      {
        key: 'policies.grants.shop',
        value: ['group:default/team-shop'],
        line: 3,
        column: 1,
      },
      {
        cluster: 'prod',
        key: 'network.dns_suffix',
        value: 'apps.example.com',
        line: 5,
        column: 1,
      },
      {
        cluster: 'prod',
        key: 'policies.grants.docs',
        value: ['team-docs'],
        line: 7,
        column: 1,
      },
    ]);
  });

  it('reads a file that begins with a byte order mark', () => {
    expect(
      parseConfigToml('\uFEFF[gateway]\nname = "g"\n').values,
    ).toMatchObject([{ key: 'gateway.name', value: 'g', line: 2 }]);
  });

  describe('names a syntax error by line, column and key', () => {
    const cases: Record<
      string,
      { text: string; line: number; key?: string; says: RegExp }
    > = {
      'an address without quotes': {
        text: '[network]\n\nlan_ip = 192.168.1.20\n',
        line: 3,
        key: 'network.lan_ip',
        says: /not valid TOML/,
      },
      'a value that is missing': {
        text: '[network]\nnodeport_http =\n',
        line: 2,
        key: 'network.nodeport_http',
        says: /no value may be empty/,
      },
      'a quote that is missing': {
        text: '[gateway]\nname = "idp\nclass = "x"\n',
        line: 2,
        key: 'gateway.name',
        says: /not valid TOML/,
      },
      'a key that stands twice': {
        text: '[gateway]\nname = "a"\nname = "b"\n',
        line: 3,
        key: 'gateway.name',
        says: /stands twice/,
      },
      'a key of another tool of the reference platform': {
        text: '[gateway]\nwait_timeout = 60s\n',
        line: 2,
        key: 'gateway.wait_timeout',
        says: /not valid TOML/,
      },
      'a line that is none of TOML': {
        text: '[network]\nlan_ip = ""\nhello there\n',
        line: 3,
        says: /not valid TOML/,
      },
    };
    it.each(Object.entries(cases))('%s', (_, { text, line, key, says }) => {
      const error = errorOf(text);
      expect(error.name).toBe('InputError');
      expect(error.line).toBe(line);
      expect(error.column).toBeGreaterThan(0);
      expect(error.key).toBe(key);
      expect(error.message).toMatch(says);
      expect(error.message).toContain(`config.toml:${line}:${error.column}: `);
    });
  });

  describe('names a bad value by line, column, key and what is expected', () => {
    const cases: Record<
      string,
      { text: string; place: string; key: string; expected: RegExp }
    > = {
      'a port in quotes': {
        text: '[gateway]\n  http_port = "80"\n',
        place: '2:3',
        key: 'gateway.http_port',
        expected: /a port number from 1 to 65535, without quotes/,
      },
      'a port out of range': {
        text: '[network]\npublic_https_port = 70000\n',
        place: '2:1',
        key: 'network.public_https_port',
        expected: /65535/,
      },
      'a host name as the address to probe': {
        text: '[probe]\naddress = "gateway.example.com:443"\n',
        place: '2:1',
        key: 'probe.address',
        expected: /host names are not taken/,
      },
      'a suffix with a star': {
        text: 'network = { dns_suffix = "*.example.com" }\n',
        place: '1:13',
        key: 'network.dns_suffix',
        expected: /without leading dot or/,
      },
      'a duration of days': {
        text: '[certificates]\nduration = "90d"\n',
        place: '2:1',
        key: 'certificates.duration',
        expected: /duration of at least one hour/,
      },
      'a CA with its key': {
        text: '[certificates]\nca_pem = """\n-----BEGIN CERTIFICATE-----\nQQ==\n-----END CERTIFICATE-----\n-----BEGIN PRIVATE KEY-----\n"""\n',
        place: '2:1',
        key: 'certificates.ca_pem',
        expected: /without any private key/,
      },
      'groups that are no list': {
        text: '[policies.grants]\nshop = "team-shop"\n',
        place: '2:1',
        key: 'policies.grants.shop',
        expected: /a list of owner groups/,
      },
      'a table that is a value': {
        text: 'gateway = 5\n',
        place: '1:1',
        key: 'gateway',
        expected: /a table, written \[gateway\]/,
      },
      'a table that is a list of tables': {
        text: '\n[[gateway]]\nname = "x"\n',
        place: '2:1',
        key: 'gateway',
        expected: /a table/,
      },
      'a value of one cluster': {
        text: '[clusters.prod.gateway]\nname = 7\n',
        place: '2:1',
        key: 'clusters.prod.gateway.name',
        expected: /name of a Kubernetes object/,
      },
    };
    it.each(Object.entries(cases))(
      '%s',
      (_, { text, place, key, expected }) => {
        const error = errorOf(text);
        expect(`${error.line}:${error.column}`).toBe(place);
        expect(error.key).toBe(key);
        expect(error.message).toMatch(expected);
      },
    );
  });

  describe('names keys that no setting has, and what was probably meant', () => {
    const cases: Record<string, { text: string; expected: object }> = {
      'a slip of the finger': {
        text: '[network]\nlan_pi = "x"\n',
        expected: {
          key: 'network.lan_pi',
          line: 2,
          column: 1,
          didYouMean: 'lan_ip',
        },
      },
      'camel case': {
        text: '[gateway]\nhttpsPort = 1\n',
        expected: { key: 'gateway.httpsPort', didYouMean: 'https_port' },
      },
      'nothing near': {
        text: '[gateway]\nreplicas = 2\n',
        expected: { key: 'gateway.replicas', didYouMean: undefined },
      },
      'a table of a cluster': {
        text: '[clusters.prod.netwrok]\nlan_ip = ""\n',
        expected: {
          key: 'clusters.prod.netwrok',
          line: 1,
          didYouMean: 'network',
        },
      },
      'a grant for what cannot be a namespace': {
        text: '[policies.grants]\n"a.b" = ["x"]\n',
        expected: { key: 'policies.grants.a.b', line: 2 },
      },
    };
    it.each(Object.entries(cases))('%s', (_, { text, expected }) => {
      const { values, problems } = parseConfigToml(text);
      expect(values).toEqual([]);
      expect(problems).toHaveLength(1);
      expect(problems[0]).toMatchObject(expected);
    });
  });

  it('throws nothing but ConfigFileError, whatever the text', () => {
    const piece = fc.constantFrom(
      ...['[network]\n', '[gateway]\n', 'lan_ip', 'name', ' = ', '"', "'''"],
      ...['"""', '\n', '{', '}', '[', ']', '=', '1', '.', ',', '#', '\\', 'x'],
    );
    const isReadOrRefused = (text: string) => {
      try {
        return parseConfigToml(text).values.length >= 0;
      } catch (error) {
        return error instanceof ConfigFileError;
      }
    };
    const anyText = fc.oneof(
      fc.string(),
      fc.array(piece).map(pieces => pieces.join('')),
    );
    fc.assert(
      fc.property(anyText, text => {
        expect(isReadOrRefused(text)).toBe(true);
      }),
    );
  });
});
