import {
  refuseSince,
  whatBecomesOf,
  whatComesNext,
} from '../../../../engine/commands/sync/what-was-there.ts';
import type { Destination } from '../../../../engine/destinations/destination.ts';

function destination(startsOver: readonly string[], holds: readonly string[]): Destination {
  const nothing = async () => {};
  return {
    startsOver,
    holds,
    states: new Map(),
    open: nothing,
    write: nothing,
    writeLines: nothing,
    checkpoint: nothing,
    complete: nothing,
    close: async () => new Map(),
  };
}

test('streams that are read anew, and those that there are no more', () => {
  expect(whatBecomesOf(destination(['Anew.'], ['a', 'b', 'c']), ['b'])).toEqual([
    'Anew.',
    'INFO The connector has no streams "a", "c" any more: what was read of them stays as it is.',
  ]);
  expect(whatBecomesOf(destination([], ['a']), ['a', 'b'])).toEqual([]);
});

test('what came since a date replaces nothing', () => {
  expect(() => refuseSince(destination(['Anew.'], []))).toThrow('Anew.\nSync once without --since for that.');
  expect(() => refuseSince(destination([], []))).not.toThrow();
});

test('how it goes on after it was stopped', () => {
  expect(whatComesNext(destination([], []), false)).toBe('The next sync goes on from here.');
  expect(whatComesNext(destination(['Anew.'], []), true)).toBe(
    'Streams that did not come to their end are as they were before; a sync with --full-refresh reads them from the beginning again.',
  );
  expect(whatComesNext(destination(['Anew.'], []), false)).toMatch(/; the next sync reads them/);
});
