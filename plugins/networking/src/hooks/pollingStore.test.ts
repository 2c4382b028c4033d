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
});
