import { PollingStore } from './pollingStore';

const INTERVAL = 10_000;

function visibility(state: 'visible' | 'hidden') {
  jest.spyOn(document, 'visibilityState', 'get').mockReturnValue(state);
  document.dispatchEvent(new Event('visibilitychange'));
}

describe('PollingStore', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
    jest.restoreAllMocks();
  });

  function setUp(read = jest.fn(async (_: AbortSignal) => 'data')) {
    const store = new PollingStore({ read, intervalMs: INTERVAL });
    return { read, store };
  }
  const settle = () => jest.advanceTimersByTimeAsync(0);

  it('reads for the first watcher, and again after the interval', async () => {
    const { read, store } = setUp();
    const leave = store.subscribe(() => {});
    await settle();
    expect(store.getSnapshot().data).toBe('data');
    await jest.advanceTimersByTimeAsync(INTERVAL);
    expect(read).toHaveBeenCalledTimes(2);
    leave();
  });

  it('shares one request between watchers', async () => {
    const { read, store } = setUp();
    const leave = [store.subscribe(() => {}), store.subscribe(() => {})];
    await settle();
    expect(read).toHaveBeenCalledTimes(1);
    leave.forEach(each => each());
  });

  it('aborts and rests when the last watcher leaves', async () => {
    const { read, store } = setUp(
      jest.fn((_: AbortSignal) => new Promise<string>(() => {})),
    );
    const leave = store.subscribe(() => {});
    leave();
    expect(read.mock.calls[0][0].aborted).toBe(true);
    await jest.advanceTimersByTimeAsync(5 * INTERVAL);
    expect(read).toHaveBeenCalledTimes(1);
    expect(store.idle).toBe(true);
  });

  it('rests while the page is hidden and reads at once when it is seen again', async () => {
    const { read, store } = setUp();
    const leave = store.subscribe(() => {});
    await settle();
    visibility('hidden');
    await jest.advanceTimersByTimeAsync(5 * INTERVAL);
    expect(read).toHaveBeenCalledTimes(1);
    visibility('visible');
    await settle();
    expect(read).toHaveBeenCalledTimes(2);
    leave();
  });

  it('keeps the data when a later read fails, and forgets the failure after the next good one', async () => {
    const { read, store } = setUp();
    const leave = store.subscribe(() => {});
    await settle();
    read.mockRejectedValueOnce(new Error('gone'));
    await jest.advanceTimersByTimeAsync(INTERVAL);
    expect(store.getSnapshot()).toMatchObject({
      data: 'data',
      error: { message: 'gone' },
    });
    await jest.advanceTimersByTimeAsync(INTERVAL);
    expect(store.getSnapshot().error).toBeUndefined();
    leave();
  });

  it('drops the answer of a read that a newer one replaced', async () => {
    const answers: ((text: string) => void)[] = [];
    const { store } = setUp(
      jest.fn(
        (_: AbortSignal) =>
          new Promise<string>(resolve => answers.push(resolve)),
      ),
    );
    const leave = store.subscribe(() => {});
    void store.refresh();
    answers[1]('new');
    await settle();
    answers[0]('old');
    await settle();
    expect(store.getSnapshot().data).toBe('new');
    leave();
  });

  describe('where changes are told', () => {
    function setUpTold() {
      const listeners = new Set<(topics: readonly string[]) => void>();
      const read = jest.fn(async (_: AbortSignal) => 'shop');
      const store = new PollingStore({
        read,
        intervalMs: INTERVAL,
        toldIntervalMs: 3 * INTERVAL,
        changes: listener => {
          listeners.add(listener);
          return () => listeners.delete(listener);
        },
        topicOf: data => `topic-of-${data}`,
      });
      const tell = (...topics: string[]) =>
        listeners.forEach(listener => listener(topics));
      return { read, store, listeners, tell };
    }

    it('reads at once when its topic is named, and once more after two seconds', async () => {
      const { read, store, tell } = setUpTold();
      const leave = store.subscribe(() => {});
      await settle();
      tell('other', 'topic-of-shop');
      await settle();
      expect(read).toHaveBeenCalledTimes(2);
      await jest.advanceTimersByTimeAsync(2_000);
      expect(read).toHaveBeenCalledTimes(3);
      await jest.advanceTimersByTimeAsync(INTERVAL);
      expect(read).toHaveBeenCalledTimes(3);
      leave();
    });

    it('does not read for the topic of another answer, and polls on the slower interval', async () => {
      const { read, store, tell } = setUpTold();
      const leave = store.subscribe(() => {});
      await settle();
      tell('other');
      await jest.advanceTimersByTimeAsync(2 * INTERVAL);
      expect(read).toHaveBeenCalledTimes(1);
      await jest.advanceTimersByTimeAsync(INTERVAL);
      expect(read).toHaveBeenCalledTimes(2);
      leave();
    });

    it('lets a read under way finish, then reads what was told meanwhile', async () => {
      const { read, store, tell } = setUpTold();
      const leave = store.subscribe(() => {});
      tell('topic-of-shop');
      expect(read).toHaveBeenCalledTimes(1);
      await settle();
      expect(read.mock.calls[0][0].aborted).toBe(false);
      expect(read).toHaveBeenCalledTimes(2);
      leave();
    });

    it('listens no longer when the last watcher leaves', async () => {
      const { read, store, listeners, tell } = setUpTold();
      const leave = store.subscribe(() => {});
      await settle();
      tell('topic-of-shop');
      await settle();
      leave();
      expect(listeners.size).toBe(0);
      await jest.advanceTimersByTimeAsync(5 * INTERVAL);
      expect(read).toHaveBeenCalledTimes(2);
    });
  });
});
