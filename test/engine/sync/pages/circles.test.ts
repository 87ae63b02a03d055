import { createCircles } from '../../../../engine/sync/pages/circles.ts';
import { createRecordSet, isLookedInto } from '../../../../engine/sync/pages/record-set.ts';

const key = [['id']];
const setOf = (records: readonly unknown[]) => {
  const set = createRecordSet(key);
  set.add(records);
  return set;
};

/** The page at which a paging is found to go in a circle, and why. */
function stopped(pageOf: (page: number) => readonly unknown[], pages: number): [number, string] | undefined {
  const circles = createCircles();
  for (let page = 1; page <= pages; page++) {
    if (!isLookedInto(page)) continue;
    const why = circles.seen(page, setOf(pageOf(page)));
    if (why !== undefined) return [page, why];
  }
  return undefined;
}

test('the order of records does not tell pages apart, nor in which batches they come; what is in them does', () => {
  const [a, b] = [{ id: 1, x: 'a' }, { id: 2 }];
  const set = setOf([a]);
  set.add([b]);
  expect(set.records()).toBe(setOf([b, a]).records());
  expect(set.records()).not.toBe(setOf([a, a]).records());
  expect(set.records()).not.toBe(setOf([{ id: 1, x: 'b' }, b]).records());
  expect(set.keys()).toBe(setOf([{ id: 1, x: 'b' }, b]).keys());
});

test('sixteen pages are looked into when the number of pages has doubled, and none of the first', () => {
  const pages = Array.from({ length: 5000 }, (_, at) => at + 1).filter(isLookedInto);
  const from = (first: number) => Array.from({ length: 16 }, (_, at) => first + at);
  expect(pages).toEqual([...from(1024), ...from(2048), ...from(4096)]);
});

test('the same records are noticed the third time, in any order', () => {
  const [page, why] =
    stopped((at) => (at % 2 === 0 ? [{ id: 1 }, { id: 2 }] : [{ id: 2 }, { id: 1 }]), 1100) ?? [];
  expect([page, why]).toEqual([1026, 'the same records came on 3 of the last pages, up to page 1026']);
});

test('the same keys with other values may be a page for each day, but not for ever', () => {
  const byDay = (day: number) => [
    { id: 1, day },
    { id: 2, day },
  ];
  expect(stopped(byDay, 16_384)).toBeUndefined();
  expect(stopped(byDay, 20_000)).toEqual([
    16_385,
    'records with the same keys came on every page up to 16385',
  ]);
});

test('other keys now and then are progress', () => {
  expect(stopped((page) => [{ id: page < 2048 ? 1 : 2, page }], 40_000)).toBeUndefined();
});
