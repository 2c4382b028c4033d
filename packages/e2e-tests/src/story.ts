import type { World } from './world';

/** A step of a story as the body of a test. */
export type Step = (act: () => Promise<void>) => () => Promise<void>;

/**
 * Steps of one story, of which each begins where the one before ended: after the first that fails, the others fail at
 * once and name it.
 *
 * @param world - Its open pages are pictured when a step fails.
 */
export function createStory(world: () => World): Step {
  let failed: string | undefined;
  return act => async () => {
    if (failed) throw new Error(`Not reached: "${failed}" failed`);
    try {
      await act();
    } catch (error) {
      failed = expect.getState().currentTestName;
      await world().picture();
      throw error;
    }
  };
}
