import { readFile } from 'node:fs/promises';
import { waitFor } from 'integration-tests';

/** What a process holds after garbage collection, in bytes. */
export interface Memory {
  /** Of JavaScript: its heap, and the buffers that hang on it. */
  held: number;
  resident: number;
}

/** The memory of a process that was started with `--expose-gc` and `--inspect`. */
export interface MemoryOf {
  /** Collects garbage in it first. */
  read(): Promise<Memory>;
  close(): void;
}

/** Several rounds: what one collects is let go of by finalizers that run after it. */
const COLLECT = `(async () => {
  for (let round = 0; round < 4; round++) {
    gc();
    await new Promise(resolve => setImmediate(resolve));
  }
  const { heapUsed, external, rss } = process.memoryUsage();
  return { held: heapUsed + external, resident: rss };
})()`;

/**
 * @param logFile - What the process writes: it says there where its inspector listens.
 */
export async function memoryOf(logFile: string): Promise<MemoryOf> {
  const address = await waitFor(
    'the inspector of Backstage',
    async () =>
      /Debugger listening on (ws:\/\/\S+)/.exec(
        await readFile(logFile, 'utf8'),
      )?.[1],
  );
  const socket = new WebSocket(address);
  const waiting = new Map<number, (answer: any) => void>();
  socket.addEventListener('message', ({ data }) => {
    const answer = JSON.parse(String(data));
    waiting.get(answer.id)?.(answer);
    waiting.delete(answer.id);
  });
  await new Promise<void>((resolve, reject) => {
    socket.addEventListener('open', () => resolve());
    socket.addEventListener('error', () =>
      reject(new Error(`The inspector at ${address} does not answer.`)),
    );
  });
  let calls = 0;
  return {
    async read() {
      const id = ++calls;
      const answer = await new Promise<any>(resolve => {
        waiting.set(id, resolve);
        socket.send(
          JSON.stringify({
            id,
            method: 'Runtime.evaluate',
            params: {
              expression: COLLECT,
              awaitPromise: true,
              returnByValue: true,
            },
          }),
        );
      });
      const { result, exceptionDetails } = answer.result ?? {};
      if (exceptionDetails || !result) {
        throw new Error(`The inspector answered ${JSON.stringify(answer)}.`);
      }
      return result.value;
    },
    close: () => socket.close(),
  };
}
