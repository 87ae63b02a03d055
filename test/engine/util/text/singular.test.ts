import { singular } from '../../../../engine/util/text/singular.ts';

it.each([
  ['contacts', 'contact'],
  ['companies', 'company'],
  ['Companies', 'Company'],
  ['boxes', 'box'],
  ['addresses', 'address'],
  ['branches', 'branch'],
  ['statuses', 'status'],
  ['types', 'type'],
  ['taxes', 'tax'],
  ['aliases', 'alias'],
  ['campuses', 'campus'],
  ['movies', 'movie'],
  ['people', 'person'],
  ['People', 'Person'],
  ['children', 'child'],
  ['indices', 'index'],
  ['criteria', 'criterion'],
  ['quizzes', 'quiz'],
  ['databases', 'database'],
  // Those that are singular stay so.
  ['address', 'address'],
  ['status', 'status'],
  ['alias', 'alias'],
  ['bonus', 'bonus'],
  ['series', 'series'],
  ['news_item', 'news_item'],
  ['s', 's'],
  ['', ''],
])('%j is %j in the singular', (noun, one) => {
  expect(singular(noun)).toBe(one);
});
