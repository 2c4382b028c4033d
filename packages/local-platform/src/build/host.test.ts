import { checkHost } from './host';

describe('checkHost', () => {
  it('shows the way with kind or k3d where this is not Linux', async () => {
    await expect(checkHost('darwin')).rejects.toThrow(
      /needs Linux.*kind create cluster.*k3d cluster create.*npm start -- --kubeconfig F --context C/,
    );
  });
  it('names the package where setpriv is missing', async () => {
    await expect(checkHost('linux', '/nowhere/setpriv')).rejects.toThrow(
      /setpriv .* is missing.*install the package util-linux\.$/,
    );
  });
  it('refuses a setpriv that does not know parent-death signals', async () => {
    await expect(checkHost('linux', 'false')).rejects.toThrow('util-linux');
  });
});
