import { execFile } from 'node:child_process';

/** This machine cannot run the local platform; the message is one sentence for a person, with the remedy. */
export class HostError extends Error {
  override name = 'HostError';
}

const succeeds = (command: string, args: string[]) =>
  new Promise<boolean>(resolve => {
    execFile(command, args, error => resolve(!error));
  });

/**
 * Checks what no package brings: Linux, and a `setpriv` that knows parent-death signals (BusyBox's does not).
 * @throws HostError
 */
export async function checkHost(
  platform: NodeJS.Platform = process.platform,
  setpriv = 'setpriv',
): Promise<void> {
  if (platform !== 'linux') {
    throw new HostError(
      'The local platform needs Linux, because it gives every Service an address of the loopback range: create a cluster with `kind create cluster` or `k3d cluster create` and run `npm start -- --kubeconfig F --context C`.',
    );
  }
  if (!(await succeeds(setpriv, ['--pdeathsig', 'KILL', 'true']))) {
    throw new HostError(
      'The command setpriv with --pdeathsig is missing, without which servers could outlive a killed start: install the package util-linux.',
    );
  }
}
