import { createBuildCounter, lineSplitter } from './buildOutput';

describe('createBuildCounter', () => {
  it('tells fetched modules, compiled packages and messages apart', () => {
    const count = createBuildCounter();
    [
      'go: downloading k8s.io/kubernetes v1.37.2',
      'go: downloading github.com/traefik/traefik/v3 v3.6.12',
      'internal/goarch',
      'k8s.io/kubernetes/cmd/kube-apiserver',
      'gopkg.in/yaml.v3',
      'github.com/go-sql-driver/mysql',
      '',
      '# localplatform/servers/certmanager',
      'certmanager/main.go:12:2: undefined: x',
    ].forEach(line => count.line(line));
    expect(count.modules).toBe(2);
    expect(count.packages).toBe(4);
    expect(count.messages).toEqual([
      '# localplatform/servers/certmanager',
      'certmanager/main.go:12:2: undefined: x',
    ]);
  });
});

describe('lineSplitter', () => {
  it('puts lines together from pieces and hands over the last without an end', () => {
    const lines: string[] = [];
    const splitter = lineSplitter(line => lines.push(line));
    splitter.write('a\nb');
    splitter.write('c\n\nd');
    splitter.end();
    splitter.end();
    expect(lines).toEqual(['a', 'bc', '', 'd']);
  });
});
