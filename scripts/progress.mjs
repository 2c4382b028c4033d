/**
 * Says what runs, how far it is and how long it has taken. A terminal gets one live line for each running step;
 * a log gets a line at the start, at the end and every 15 seconds between.
 */
const HEARTBEAT_MS = 15_000;
const REDRAW_MS = 200;
const FRAMES = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];

/** @param {number} ms */
export function formatElapsed(ms) {
  const seconds = ms / 1000;
  if (seconds < 9.95) {
    return `${seconds.toFixed(1)} s`;
  }
  const whole = Math.round(seconds);
  if (whole < 60) {
    return `${whole} s`;
  }
  return `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(
    2,
    '0',
  )} s`;
}

/** @param {{ done?: number, total?: number, text?: string }} at */
export function formatPosition({ done, total, text }) {
  const count =
    done === undefined
      ? undefined
      : total === undefined
      ? `${done}`
      : `${Math.min(done, total)} of ${total}`;
  return [count, text].filter(Boolean).join(' ');
}

/**
 * @param {{
 *   stream?: { write(text: string): unknown, isTTY?: boolean, columns?: number },
 *   live?: boolean,
 *   now?: () => number,
 * }} [options]
 */
export function createProgress(options = {}) {
  const stream = options.stream ?? process.stdout;
  const now = options.now ?? Date.now;
  const live =
    options.live ??
    Boolean(stream.isTTY && !process.env.CI && process.env.TERM !== 'dumb');
  /** @type {Set<{ title: string, since: number, spoke: number, at: object }>} */
  const running = new Set();
  let drawn = 0;
  let frame = 0;
  let timer;

  const erase = () => {
    if (drawn > 0) {
      stream.write(`\x1b[${drawn}A\x1b[J`);
      drawn = 0;
    }
  };
  const describe = step => {
    const at = formatPosition(step.at);
    return `${step.title}${at && `: ${at}`} (${formatElapsed(
      now() - step.since,
    )})`;
  };
  const draw = () => {
    if (!live) {
      return;
    }
    for (const step of running) {
      const text = `${FRAMES[frame % FRAMES.length]} ${describe(step)}`;
      stream.write(`${text.slice(0, (stream.columns ?? 80) - 1)}\n`);
    }
    drawn = running.size;
  };
  const line = text => {
    erase();
    stream.write(`${text}\n`);
    draw();
  };
  const tick = () => {
    if (live) {
      frame += 1;
      erase();
      draw();
      return;
    }
    for (const step of running) {
      if (now() - step.spoke >= HEARTBEAT_MS) {
        step.spoke = now();
        line(`… ${describe(step)}`);
      }
    }
  };

  return {
    line,
    /** Begins a step; it runs until `done` or `fail` is called. */
    step(title) {
      const step = { title, since: now(), spoke: now(), at: {} };
      running.add(step);
      if (live) {
        erase();
        draw();
      } else {
        line(`▸ ${title}`);
      }
      timer ??= setInterval(tick, live ? REDRAW_MS : 1000);
      timer.unref?.();
      const end = (mark, text) => {
        if (!running.delete(step)) {
          return;
        }
        if (running.size === 0) {
          clearInterval(timer);
          timer = undefined;
        }
        step.at = text ? { text } : {};
        line(`${mark} ${describe(step)}`);
      };
      return {
        update(at) {
          step.at = at;
        },
        done: text => end('✔', text),
        fail: text => end('✖', text),
        /** Ends a step that nothing more is to be said about. */
        drop() {
          erase();
          running.delete(step);
          draw();
        },
      };
    },
    /** Runs one step to its end; `work` may return the text to end it with. */
    async during(title, work) {
      const step = this.step(title);
      try {
        const result = await work(step);
        step.done(typeof result === 'string' ? result : undefined);
        return result;
      } catch (error) {
        step.fail();
        throw error;
      }
    },
  };
}
