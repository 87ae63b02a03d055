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
  // Those that are singular stay so.
  ['address', 'address'],
  ['status', 'status'],
  ['news_item', 'news_item'],
  ['s', 's'],
  ['', ''],
])('%j is %j in the singular', (noun, one) => {
  expect(singular(noun)).toBe(one);
});
