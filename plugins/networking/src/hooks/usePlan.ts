import { useCallback, useEffect, useState } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import type {
  ExposurePlan,
  ExposureRequest,
} from 'backstage-plugin-networking-common';
import { networkingApiRef } from '../api';
import { isAbort } from '../lib/errors';

/** How long typing has to rest before the plan is asked for. */
export const PLAN_DEBOUNCE_MS = 300;

/** The newest plan that is known, and whether it is the plan of what the form says now. */
export interface PlanView {
  plan?: ExposurePlan;
  /** True while the plan of the present request is awaited; `plan` is then of an earlier one. */
  checking: boolean;
  error?: Error;
  /** Asks again for the same request, for instance after a conflict. */
  replan: () => void;
}

/** Plans a request as it changes. `undefined` means that there is nothing to plan yet. */
export function usePlan(request: ExposureRequest | undefined): PlanView {
  const api = useApi(networkingApiRef);
  const key = request && JSON.stringify(request);
  const [round, setRound] = useState(0);
  const [settled, setSettled] = useState<{
    key?: string;
    round?: number;
    plan?: ExposurePlan;
    error?: Error;
  }>({});

  useEffect(() => {
    if (key === undefined) {
      setSettled({});
      return undefined;
    }
    const controller = new AbortController();
    const timer = setTimeout(async () => {
      try {
        const plan = await api.plan(JSON.parse(key) as ExposureRequest, {
          signal: controller.signal,
        });
        if (!controller.signal.aborted) setSettled({ key, round, plan });
      } catch (error) {
        if (controller.signal.aborted || isAbort(error)) return;
        setSettled({
          key,
          round,
          error: error instanceof Error ? error : new Error(String(error)),
        });
      }
    }, PLAN_DEBOUNCE_MS);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [api, key, round]);

  const replan = useCallback(() => setRound(current => current + 1), []);
  return {
    plan: settled.plan,
    error: settled.error,
    checking:
      key !== undefined && (settled.key !== key || settled.round !== round),
    replan,
  };
}
