import { isLoopbackAddress, isLoopbackHost, isLoopbackUrl } from './loopback';

describe('isLoopbackAddress', () => {
  it.each([
    ['127.0.0.1', true],
    ['127.77.0.9', true],
    ['::1', true],
    ['::ffff:127.0.0.1', true],
    ['::FFFF:127.0.0.1', true],
    ['192.168.1.20', false],
    ['::ffff:192.168.1.20', false],
    ['0.0.0.0', false],
    ['127.evil.example', false],
    ['1270.0.0.1', false],
    ['localhost', false],
    ['', false],
    [undefined, false],
  ])('%s: %s', (address, wanted) => {
    expect(isLoopbackAddress(address)).toBe(wanted);
  });
});

describe('isLoopbackHost', () => {
  it.each([
    ['127.0.0.1:7007', true],
    ['127.0.0.1', true],
    ['localhost:7007', true],
    ['LOCALHOST', true],
    ['[::1]:7007', true],
    ['[::1]', true],
    ['::1', true],
    ['backstage.example.com:7007', false],
    ['127.0.0.1.nip.io:7007', false],
    ['localhost.example.com', false],
    ['example.com:127', false],
    ['0.0.0.0', false],
    ['', false],
    [undefined, false],
  ])('%s: %s', (host, wanted) => {
    expect(isLoopbackHost(host)).toBe(wanted);
  });
});

describe('isLoopbackUrl', () => {
  it.each([
    ['https://127.0.0.1:16443', true],
    ['https://[::1]:16443', true],
    ['https://localhost:16443/', true],
    ['https://127.0.0.1@10.0.0.1:6443', false],
    ['https://0.0.0.0:6443', false],
    ['https://kubernetes.default.svc', false],
    ['127.0.0.1:16443', false],
    ['', false],
    [undefined, false],
  ])('%s: %s', (url, wanted) => {
    expect(isLoopbackUrl(url)).toBe(wanted);
  });
});
