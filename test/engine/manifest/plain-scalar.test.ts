import { resolvePlain } from '../../../engine/manifest/plain-scalar.ts';

it.each([
  ['yes', true],
  ['NO', false],
  ['oN', undefined],
  ['n', undefined],
  ['Null', null],
  ['0', 0],
  ['-0', 0],
  ['017', 15],
  ['08', undefined],
  ['0x1F', 31],
  ['0b101', 5],
  ['1_000', 1000],
  ['+12', 12],
  ['190:20:30', 685230],
  ['10:70', undefined],
  ['12345678901234567890', 12345678901234567890n],
  ['-9007199254740993', -9007199254740993n],
  ['1e3', undefined],
  ['1.5e3', undefined],
  ['1.5e+3', 1500],
  ['-.5', undefined],
  ['.5', 0.5],
  ['-.inf', Number.NEGATIVE_INFINITY],
  ['.nan', Number.NaN],
  ['1:30.5', 90.5],
  ['1.2.3', undefined],
  ['2024-01-01', '2024-01-01'],
  ['2024-02-30', undefined],
  ['2024-1-1', undefined],
  ['2024-1-1 1:02:03', '2024-01-01T01:02:03'],
  ['2024-01-01T00:00:00Z', '2024-01-01T00:00:00+00:00'],
  ['2024-01-01T00:00:00.5-5', '2024-01-01T00:00:00.500000-05:00'],
])('%s is %p', (text, value) => {
  expect(resolvePlain(text)?.value).toEqual(value);
});

it('tells floats and dates from ints and strings', () => {
  expect(resolvePlain('1.0')).toEqual({ value: 1, float: true });
  expect(resolvePlain('1.5')).toEqual({ value: 1.5 });
  expect(resolvePlain('2024-01-01')).toEqual({ value: '2024-01-01', timestamp: true });
});
