import { AUDIT_POLICY } from './auditPolicy';
import { controllerManagerArgs } from './controllers';
import { etcdArgs } from './etcd';
import { kubeApiserverArgs } from './kubeApiserver';
import { statePaths } from './state';

const paths = statePaths('/state');

describe('etcd', () => {
  it('listens on sockets only', () => {
    const urls = etcdArgs(paths, true).filter(arg => arg.includes('urls='));
    expect(urls).toHaveLength(4);
    urls.forEach(url => expect(url).toMatch(/=unix:\/\/\/state\/etcd\//));
  });
  it('skips fsync only where the data need not last', () => {
    expect(etcdArgs(paths, false)).toContain('--unsafe-no-fsync');
    expect(etcdArgs(paths, true)).not.toContain('--unsafe-no-fsync');
  });
});

describe('the other servers', () => {
  it('listen on loopback only', () => {
    const apiServer = kubeApiserverArgs({
      paths,
      port: 1,
      serviceRange: '127.77.0.0/16',
    });
    expect(apiServer).toEqual(
      expect.arrayContaining(['--bind-address=127.0.0.1', '--secure-port=1']),
    );
    expect(controllerManagerArgs('/kubeconfig', 2, '/certs')).toEqual(
      expect.arrayContaining(['--bind-address=127.0.0.1', '--secure-port=2']),
    );
  });
});

describe('the audit log', () => {
  const levelFor = (group: string) =>
    AUDIT_POLICY.rules.find(
      rule =>
        !rule.nonResourceURLs &&
        !rule.users &&
        (!rule.resources || rule.resources.some(r => r.group === group)),
    )?.level;

  it('holds what is written to routes, and of nothing that may be secret', () => {
    expect(levelFor('gateway.networking.k8s.io')).toBe('Request');
    expect(levelFor('')).toBe('Metadata');
    expect(levelFor('authentication.k8s.io')).toBe('Metadata');
  });
});
