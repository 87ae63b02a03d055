import { inNameOrder } from '../../../../engine/util/json/in-name-order.ts';

it('orders fields at every depth, and neither items nor what is no object of JSON', () => {
  const moment = new Date(0);
  const ordered = inNameOrder({ b: [{ d: 1, c: 2 }, 'b', 'a'], a: moment });
  expect(JSON.stringify(ordered)).toBe('{"a":"1970-01-01T00:00:00.000Z","b":[{"c":2,"d":1},"b","a"]}');
  expect((ordered as { a: unknown }).a).toBe(moment);
});
