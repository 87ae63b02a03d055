import { setImmediate as nextRound } from 'node:timers/promises';
import { gatherChanges } from '../../../../engine/commands/test/gathered-changes.ts';

/** Changes with a moment that passes when it is told to, and actions that last until they are told to end. */
function gathering() {
  let pending: (() => void) | undefined;
  const done: string[] = [];
  const ends: (() => void)[] = [];
  const changes = gatherChanges(
    (then) => {
      pending = then;
      return () => {
        pending = undefined;
      };
    },
    async (names) => {
      done.push(`begins ${names.join(' ')}`);
      await new Promise<void>((resolve) => ends.push(resolve));
      done.push(`ends ${names.join(' ')}`);
    },
  );
  return {
    ...changes,
    done,
    async settle() {
      pending?.();
      pending = undefined;
      await nextRound();
    },
    async endOne() {
      ends.shift()?.();
      await nextRound();
    },
  };
}

test('what changes within a moment is acted upon once', async () => {
  const { add, settle, done } = gathering();
  for (const name of ['a', 'b', 'a']) add(name);
  await nextRound();
  expect(done).toEqual([]);
  await settle();
  expect(done).toEqual(['begins a b']);
});

test('two quick saves are two runs, one after the other', async () => {
  const { add, settle, endOne, done } = gathering();
  add('a');
  await settle();
  add('a');
  await settle();
  add('b');
  await settle();
  expect(done).toEqual(['begins a']);
  await endOne();
  expect(done).toEqual(['begins a', 'ends a', 'begins a']);
  await endOne();
  await endOne();
  expect(done.slice(3)).toEqual(['ends a', 'begins b', 'ends b']);
});

test('nothing is acted upon after the end', async () => {
  const { add, end, settle, done } = gathering();
  add('a');
  end();
  await settle();
  expect(done).toEqual([]);
});
