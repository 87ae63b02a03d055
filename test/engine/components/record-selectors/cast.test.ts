import { cast } from '../../../../engine/components/record-selectors/cast.ts';

it('an integer beyond 2^53 stays what it is', () => {
  expect(cast(12345678901234567890n, 'integer')).toBe(12345678901234567890n);
  expect(cast(9007199254740993n, 'string')).toBe('9007199254740993');
  expect(cast('9007199254740993', 'integer')).toBe(9007199254740993n);
});

it('what no type can be made of is undefined', () => {
  expect(cast('x', 'number')).toBeUndefined();
  expect(cast('1.5', 'integer')).toBeUndefined();
  expect(cast([], 'integer')).toBeUndefined();
  expect(cast('perhaps', 'boolean')).toBeUndefined();
});
