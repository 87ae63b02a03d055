import { printed } from '../../../kit/printed.ts';

describe('of whole numbers', () => {
  it.each([
    ['(10).bit_length()', '4'],
    ['(0).bit_length()', '0'],
    ['config.neg.bit_length()', '3'],
    ['(10).bit_count()', '2'],
    ['(10).conjugate()', '10'],
    ['true.conjugate()', '1'],
    ['(10).as_integer_ratio()', '(10, 1)'],
    ['(10).real', '10'],
    ['(10).imag', '0'],
    ['(10).numerator', '10'],
    ['(10).denominator', '1'],
    ['(10).nothing is defined', 'False'],
    ['(258).to_bytes(2, "big")', "b'\\x01\\x02'"],
    ['(258).to_bytes(2, "little")', "b'\\x02\\x01'"],
    ['(258).to_bytes(1, "big")', 'OverflowError'],
    ['(5).to_bytes()', "b'\\x05'"],
    ['config.neg.to_bytes(2, "big")', 'OverflowError'],
    ['config.big.bit_length()', '97'],
    ['config.yes.real', '1'],
    ['(3).is_integer is defined', 'False'],
  ])('%s', (expression, wanted) => {
    expect(printed(expression)).toBe(wanted);
  });
});

describe('of floats', () => {
  it.each([
    ['(2.5).is_integer()', 'False'],
    ['(2.0).is_integer()', 'True'],
    ['(2.5).as_integer_ratio()', '(5, 2)'],
    ['(0.1).hex()', '0x1.999999999999ap-4'],
    ['(0.0).hex()', '0x0.0p+0'],
    ['(1e-320).hex()', '0x0.00000000007e8p-1022'],
    ['(-1.5).hex()', '-0x1.8000000000000p+0'],
    ['(2.5).real', '2.5'],
    ['(2.5).imag', '0.0'],
    ['(2.5).conjugate()', '2.5'],
    ['(2.5).numerator is defined', 'False'],
  ])('%s', (expression, wanted) => {
    expect(printed(expression)).toBe(wanted);
  });
});
