import { useCallback, useEffect, useRef, useState } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import {
  waitForVerdict,
  type Exposure,
  type ExposureRequest,
} from 'backstage-plugin-networking-common';
import { networkingApiRef } from '../api';
import { isAbort } from '../lib/errors';

/** Where an apply stands. */
export type ApplyState =
  | { phase: 'idle' }
  | { phase: 'applying' }
  /** Refused: nothing was written. */
  | { phase: 'refused'; error: Error }
  /** Written; the first answer is awaited. */
  | { phase: 'waiting'; exposure: Exposure }
  | {
      phase: 'done';
      exposure: Exposure;
      action: 'create' | 'update' | 'unchanged';
    };

/** Applies a request and follows it until the first answer, or until the wait is over. */
export function useApply(): {
  state: ApplyState;
  apply: (request: ExposureRequest & { digest?: string }) => Promise<void>;
  reset: () => void;
} {
  const api = useApi(networkingApiRef);
  const [state, setState] = useState<ApplyState>({ phase: 'idle' });
  const controller = useRef<AbortController>();
  useEffect(() => () => controller.current?.abort(), []);

  const apply = useCallback(
    async (request: ExposureRequest & { digest?: string }) => {
      controller.current?.abort();
      const { signal } = (controller.current = new AbortController());
      setState({ phase: 'applying' });
      try {
        const { exposure, action } = await api.apply(request, { signal });
        if (signal.aborted) return;
        setState({ phase: 'waiting', exposure });
        const { cluster, namespace, name, generation } = exposure;
        const seen = await waitForVerdict({
          // Every look is shown, not only those with another verdict: the stops of the way change in between.
          client: {
            getExposure: async (address, options) => {
              const current = await api.getExposure(address, options);
              if (!signal.aborted) {
                setState({ phase: 'waiting', exposure: current });
              }
              return current;
            },
          },
          address: { cluster, namespace, name },
          generation,
          signal,
        });
        if (!signal.aborted)
          setState({ phase: 'done', exposure: seen, action });
      } catch (error) {
        if (signal.aborted || isAbort(error)) return;
        setState(current => {
          // What was written stays written: a failing wait is no refusal.
          if (current.phase === 'waiting') {
            return {
              phase: 'done',
              exposure: current.exposure,
              action: 'update',
            };
          }
          return {
            phase: 'refused',
            error: error instanceof Error ? error : new Error(String(error)),
          };
        });
      }
    },
    [api],
  );

  const reset = useCallback(() => {
    controller.current?.abort();
    setState({ phase: 'idle' });
  }, []);
  return { state, apply, reset };
}
