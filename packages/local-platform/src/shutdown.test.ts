import { createShutdown } from './shutdown';

describe('createShutdown', () => {
  it('ends each before the next, last first, and only once', async () => {
    const seen: string[] = [];
    const shutdown = createShutdown();
    const end = (name: string) => async () => {
      seen.push(`${name} begins`);
      await Promise.resolve();
      seen.push(`${name} ends`);
    };
    shutdown.add(end('etcd'));
    shutdown.add(end('gateway'));
    expect(shutdown.begun).toBe(false);
    await Promise.all([shutdown.run(), shutdown.run()]);
    expect(shutdown.begun).toBe(true);
    expect(seen).toEqual([
      'gateway begins',
      'gateway ends',
      'etcd begins',
      'etcd ends',
    ]);
  });

  it('goes on after an end that fails, and tells of it', async () => {
    const ended = jest.fn(async () => {});
    const shutdown = createShutdown();
    shutdown.add(ended);
    shutdown.add(async () => {
      throw new Error('stuck');
    });
    await expect(shutdown.run()).rejects.toThrow('stuck');
    expect(ended).toHaveBeenCalledTimes(1);
  });
});
