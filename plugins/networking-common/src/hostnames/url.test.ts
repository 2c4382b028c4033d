import { hostOf } from './dns';
import { urlOf } from './url';

describe('urlOf', () => {
  it.each<[Parameters<typeof urlOf>[1], string]>([
    [{ scheme: 'https', port: 443 }, 'https://a.b'],
    [{ scheme: 'https', port: 30443 }, 'https://a.b:30443'],
    [{ scheme: 'http', port: 80, path: '/x' }, 'http://a.b/x'],
    [{ scheme: 'http', port: 443 }, 'http://a.b:443'],
  ])('writes %j as %s', (options, url) => {
    expect(urlOf('a.b', options)).toBe(url);
  });
});

describe('hostOf', () => {
  it('joins label and suffix', () => {
    expect(hostOf('shop', 'example.com')).toBe('shop.example.com');
    expect(hostOf('shop', '')).toBe('shop');
  });
});
