/** JavaScript rounds exact halves up, Python to the even digit. `made` is the rounded text, `exact` has all digits. */
function evenTie(made: string, exact: string, precision: number): string {
  const cut = exact.indexOf('.') + 1 + precision;
  if (!/^50*$/.test(exact.slice(cut))) return made;
  const down = exact.slice(0, cut).replace(/\.$/, '');
  return '02468'.includes(down.at(-1) ?? '') ? down : made;
}

/** More digits than JavaScript gives exactly, with those that decide about a tie. */
const mostDigits = 70;

/** A finite value times a power of ten, as a whole number: rounded once, halves to the even one. */
function scaled(value: number, power: number): bigint {
  const bits = new DataView(new ArrayBuffer(8));
  bits.setFloat64(0, Math.abs(value));
  const high = bits.getUint32(0);
  const raw = (high >>> 20) & 0x7ff;
  const fraction = (BigInt(high & 0xfffff) << 32n) | BigInt(bits.getUint32(4));
  // The value is mantissa · 2^exponent; the smallest ones have no leading bit.
  const mantissa = raw === 0 ? fraction : fraction | (1n << 52n);
  const exponent = Math.max(raw, 1) - 1075;
  const over = mantissa * 10n ** BigInt(Math.max(power, 0)) * 2n ** BigInt(Math.max(exponent, 0));
  const under = 10n ** BigInt(Math.max(-power, 0)) * 2n ** BigInt(Math.max(-exponent, 0));
  const whole = over / under;
  const rest = 2n * (over % under);
  return rest > under || (rest === under && whole % 2n === 1n) ? whole + 1n : whole;
}

function exactlyFixed(value: number, precision: number): string {
  const digits = scaled(value, precision)
    .toString()
    .padStart(precision + 1, '0');
  return `${value < 0 ? '-' : ''}${digits.slice(0, -precision)}.${digits.slice(-precision)}`;
}

function exactlyExponential(value: number, precision: number): readonly [mantissa: string, exponent: string] {
  let exponent = value === 0 ? 0 : Number(value.toExponential().split('e')[1]);
  let digits = scaled(value, precision - exponent).toString();
  // The shortest text of a value may lie on the other side of a power of ten.
  if (value !== 0 && digits.length !== precision + 1) {
    exponent += digits.length - precision - 1;
    digits = scaled(value, precision - exponent).toString();
  }
  const mantissa = `${value < 0 ? '-' : ''}${digits.slice(0, 1)}.${digits.slice(1).padEnd(precision, '0')}`;
  return [mantissa, `${exponent < 0 ? '-' : '+'}${Math.abs(exponent)}`];
}

/** Digits of a fixed precision, rounded once and exactly. */
export function fixed(value: number, precision: number): string {
  if (Math.abs(value) >= 1e21) {
    return precision === 0 ? BigInt(value).toString() : `${BigInt(value)}.${'0'.repeat(precision)}`;
  }
  if (precision > mostDigits) return exactlyFixed(value, precision);
  return evenTie(value.toFixed(precision), value.toFixed(precision + 30), precision);
}

/** At least two digits of exponent, as Python writes it. */
export function exponential(value: number, precision: number): string {
  const [mantissa, exponent] =
    precision > mostDigits ? exactlyExponential(value, precision) : shortExponential(value, precision);
  return `${mantissa}e${exponent[0]}${exponent.slice(1).padStart(2, '0')}`;
}

function shortExponential(value: number, precision: number): readonly [mantissa: string, exponent: string] {
  const [rounded = '', exponent = '+0'] = value.toExponential(precision).split('e');
  const [exact = '', sameExponent] = value.toExponential(precision + 30).split('e');
  return [exponent === sameExponent ? evenTie(rounded, exact, precision) : rounded, exponent];
}

/** `%g`: fixed or exponential, whichever is shorter, without trailing zeros. */
export function general(value: number, precision: number, alternate: boolean): string {
  const digits = precision === 0 ? 1 : precision;
  if (value === 0) return alternate ? `0.${'0'.repeat(digits - 1)}` : '0';
  const exponent = Number(value.toExponential(Math.min(digits - 1, 100)).split('e')[1]);
  const made =
    exponent < -4 || exponent >= digits
      ? exponential(value, digits - 1)
      : fixed(value, Math.max(digits - 1 - exponent, 0));
  if (alternate || !made.includes('.')) return made;
  return made.replace(/\.?0+(?=e|$)(?<!e.*)/, '');
}

/** `{:.3}`: like g, but with at least one digit after the point. */
export function shortFloat(value: number, precision: number): string {
  const exponent =
    value === 0 ? 0 : Number(value.toExponential(Math.max(Math.min(precision, 100) - 1, 0)).split('e')[1]);
  if (exponent >= Math.max(precision, 1) && exponent >= -4) return general(value, precision, false);
  const made = general(value, precision, false);
  return /[.e]/.test(made)
    ? made
    : exponent + 1 >= precision && precision > 0
      ? exponential(value, Math.max(precision - 1, 0)).replace(/\.?0+(?=e)/, '')
      : `${made}.0`;
}
