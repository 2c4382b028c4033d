import { useCallback, useEffect, useRef, useState } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import type { ExposureAddress } from 'backstage-plugin-networking-common';
import { networkingApiRef } from '../api';
import { isAbort } from '../lib/errors';

/** Where asking the hosts of an exposure stands. */
export type ProbeState =
  | { phase: 'idle' }
  | { phase: 'asking' }
  /** `asked` are the hosts that were asked now; all may be asked again from `againAt` on, epoch milliseconds. */
  | { phase: 'asked'; asked: readonly string[]; againAt?: number }
  | { phase: 'failed'; error: Error };

/** An exposure's hosts asked on demand. */
export interface Probing {
  state: ProbeState;
  check: () => Promise<void>;
}

/** @param onAsked - told when the answer is there, so that what is shown is read again */
export function useProbe(
  address: ExposureAddress,
  onAsked: () => void,
): Probing {
  const api = useApi(networkingApiRef);
  const [state, setState] = useState<ProbeState>({ phase: 'idle' });
  const controller = useRef<AbortController>();
  useEffect(() => () => controller.current?.abort(), []);
  const { cluster, namespace, name } = address;
  const check = useCallback(async () => {
    controller.current?.abort();
    const { signal } = (controller.current = new AbortController());
    setState({ phase: 'asking' });
    try {
      const answer = await api.probe({ cluster, namespace, name }, { signal });
      if (signal.aborted) return;
      const againAt = Date.parse(answer.againAt ?? '');
      setState({
        phase: 'asked',
        asked: answer.asked,
        ...(!Number.isNaN(againAt) && { againAt }),
      });
      onAsked();
    } catch (error) {
      if (signal.aborted || isAbort(error)) return;
      setState({
        phase: 'failed',
        error: error instanceof Error ? error : new Error(String(error)),
      });
    }
  }, [api, cluster, namespace, name, onAsked]);
  return { state, check };
}
