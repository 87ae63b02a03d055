import { createParentProgress } from '../../../../engine/sync/cursor/parent-progress.ts';

const [first, second, third] = [{ at: 1 }, { at: 2 }, { at: 3 }];

describe("how far the parents' states may advance", () => {
  it('is where they were stored until the first partition of a state and all before it are read', () => {
    const progress = createParentProgress(first);
    const numbers = [first, second, second, third].map((state) => progress.begin(state));
    expect(numbers).toEqual([0, 1, 2, 3]);
    const after = [3, 1, 0, 2].map((partition) => {
      progress.end(partition);
      return progress.current();
    });
    expect(after).toEqual([first, first, second, third]);
  });

  it('waits for the oldest partition that is open, though its state is reached', () => {
    const progress = createParentProgress(undefined);
    progress.begin(first);
    progress.begin(first);
    progress.begin(second);
    progress.end(0);
    expect(progress.current()).toBe(first);
    progress.end(2);
    expect(progress.current()).toBe(first);
    progress.end(1);
    expect(progress.current()).toBe(second);
  });

  it('goes on with later states after it has caught up', () => {
    const progress = createParentProgress(undefined);
    progress.end(progress.begin(first));
    progress.end(progress.begin(second));
    expect(progress.current()).toBe(second);
    progress.end(progress.begin(undefined));
    expect(progress.current()).toBe(second);
    progress.set(third);
    expect(progress.current()).toBe(third);
    progress.set(undefined);
    expect(progress.current()).toBeUndefined();
  });

  it('takes up no more than the states that partitions wait for', () => {
    const progress = createParentProgress(undefined);
    const same = progress.begin(first);
    progress.begin(second);
    progress.begin(first);
    progress.end(same);
    // The second partition is open: what comes after it has not been reached.
    expect(progress.current()).toBe(first);
    progress.set(third);
    progress.end(99);
    expect(progress.current()).toBe(third);
  });
});
