import { tap } from '../../../../engine/util/flow/tap.ts';
import { collect } from '../../../kit/cursors.ts';

describe('tap', () => {
  function numbers(log: string[]) {
    async function* three(): AsyncGenerator<number> {
      try {
        for (const number of [1, 2, 3]) {
          log.push(`made ${number}`);
          yield number;
        }
      } finally {
        log.push('closed');
      }
    }
    return tap(three(), (number) => void log.push(`seen ${number}`));
  }

  it('shows every item before it is passed on', async () => {
    const log: string[] = [];
    expect(await collect(numbers(log))).toEqual([1, 2, 3]);
    expect(log).toEqual(['made 1', 'seen 1', 'made 2', 'seen 2', 'made 3', 'seen 3', 'closed']);
  });

  it('closes its source when its reader stops', async () => {
    const log: string[] = [];
    for await (const number of numbers(log)) {
      if (number === 2) break;
    }
    expect(log).toEqual(['made 1', 'seen 1', 'made 2', 'seen 2', 'closed']);
  });

  it('passes errors on', async () => {
    async function* broken(): AsyncGenerator<number> {
      yield 1;
      throw new Error('broken');
    }
    const seen: number[] = [];
    await expect(collect(tap(broken(), (number) => void seen.push(number)))).rejects.toThrow('broken');
    expect(seen).toEqual([1]);
  });
});
