import { alternativesOf } from '../../../../engine/util/schema/alternatives-of.ts';

test('gives the schemas of every combination, and nothing that is no schema', () => {
  expect(
    alternativesOf({ oneOf: [{ a: 1 }, 'text'], anyOf: [{ b: 1 }], allOf: [{ c: 1 }, null], not: { d: 1 } }),
  ).toEqual([{ a: 1 }, { b: 1 }, { c: 1 }]);
  expect(alternativesOf({ oneOf: { a: 1 } })).toEqual([]);
});
