import { printed } from '../../../kit/printed.ts';

describe('of whole numbers', () => {
  it.each([
    ['"{:5}|".format(42)', '   42|'],
    ['"{:<5}|".format(42)', '42   |'],
    ['"{:^5}|".format(42)', ' 42  |'],
    ['"{:*^6}".format(42)', '**42**'],
    ['"{:05}".format(-42)', '-0042'],
    ['"{:+}".format(42)', '+42'],
    ['"{: }".format(42)', ' 42'],
    ['"{:,}|".format(1234567)', '1,234,567|'],
    ['"{:_}|".format(1234567)', '1_234_567|'],
    ['"{:010,}".format(1234567)', '01,234,567'],
    ['"{:b}".format(10)', '1010'],
    ['"{:#b}".format(10)', '0b1010'],
    ['"{:o}".format(8)', '10'],
    ['"{:x}".format(255)', 'ff'],
    ['"{:#X}".format(255)', '0XFF'],
    ['"{:_x}".format(1048576)', '10_0000'],
    ['"{:c}".format(97)', 'a'],
    ['"{:d}".format(5)', '5'],
    ['"{:n}".format(5)', '5'],
    ['"{:e}".format(12345)', '1.234500e+04'],
    ['"{:.2f}".format(5)', '5.00'],
    ['"{:%}".format(2)', '200.000000%'],
    ['"{:g}".format(1234567)', '1.23457e+06'],
    ['"{:.2}".format(5)', 'ValueError'],
    ['"{:s}".format(5)', 'ValueError'],
    ['"{:q}".format(5)', 'ValueError'],
    ['"{:5}|".format(true)', '    1|'],
    ['"{:d}".format(true)', '1'],
    ['"{:<<5}".format(1)', '1<<<<'],
    ['"{:=+5}".format(1)', '+   1'],
  ])('%s', (expression, wanted) => {
    expect(printed(expression)).toBe(wanted);
  });
});

describe('of floats', () => {
  it.each([
    ['"{}".format(2.5)', '2.5'],
    ['"{:.0f}".format(2.5)', '2'],
    ['"{:.1f}".format(0.25)', '0.2'],
    ['"{:.3f}".format(2.0005)', '2.001'],
    ['"{:8.2f}|".format(3.14159)', '    3.14|'],
    ['"{:08.2f}".format(-3.14159)', '-0003.14'],
    ['"{:+.1e}".format(12345.678)', '+1.2e+04'],
    ['"{:E}".format(12345.678)', '1.234568E+04'],
    ['"{:g}".format(0.00001234)', '1.234e-05'],
    ['"{:g}".format(123456789.0)', '1.23457e+08'],
    ['"{:G}".format(1e-10)', '1E-10'],
    ['"{:#g}".format(1.5)', '1.50000'],
    ['"{:#g}".format(0.0)', '0.00000'],
    ['"{:g}".format(0.0)', '0'],
    ['"{:.3}".format(1234.5)', '1.23e+03'],
    ['"{:.3}".format(1.0)', '1.0'],
    ['"{:.3}".format(0.0)', '0.0'],
    ['"{:.1}".format(12.0)', '1e+01'],
    ['"{:.10}".format(1.5)', '1.5'],
    ['"{:%}".format(0.256)', '25.600000%'],
    ['"{:.1%}".format(0.256)', '25.6%'],
    ['"{:,.2f}".format(1234567.891)', '1,234,567.89'],
    ['"{:,}".format(1234567.5)', '1,234,567.5'],
    ['"{:n}".format(1.5)', '1.5'],
    ['"{}".format(1e16)', '1e+16'],
    ['"{}".format(1e-5)', '1e-05'],
    ['"{:f}".format(1e22)', '10000000000000000000000.000000'],
    ['"{:.0f}".format(1e22)', '10000000000000000000000'],
    ['"{:d}".format(2.5)', 'ValueError'],
    ['"{:x}".format(2.5)', 'ValueError'],
    [
      '"{:.80f}".format(0.1)',
      '0.10000000000000000555111512312578270211815834045410156250000000000000000000000000',
    ],
    ['"{:010,}".format(1234.5)', '0,001,234.5'],
    ['"{:c}".format(2.5)', 'ValueError'],
  ])('%s', (expression, wanted) => {
    expect(printed(expression)).toBe(wanted);
  });
});

describe('of texts and others', () => {
  it.each([
    ['"{:5}|".format("ab")', 'ab   |'],
    ['"{:>5}|".format("ab")', '   ab|'],
    ['"{:.1}|".format("ab")', 'a|'],
    ['"{:05}|".format("ab")', 'ab000|'],
    ['"{:=5}|".format("ab")', 'ValueError'],
    ['"{:,}|".format("ab")', 'ValueError'],
    ['"{:d}|".format("ab")', 'ValueError'],
    ['"{:5}|".format([])', 'TypeError'],
    ['"{}".format([])', '[]'],
    ['"{:5}|".format(none)', 'TypeError'],
    ['"{:5}|".format(config.missing)', 'TypeError'],
    ['"{}|".format(config.missing)', '|'],
    ['"{:!}".format("ab")', 'ValueError'],
  ])('%s', (expression, wanted) => {
    expect(printed(expression)).toBe(wanted);
  });
});
