/** JavaScript rounds exact halves up, Python to the even digit. `made` is the rounded text, `exact` has all digits. */
function evenTie(made: string, exact: string, precision: number): string {
  const cut = exact.indexOf('.') + 1 + precision;
  if (!/^50*$/.test(exact.slice(cut))) return made;
  const down = exact.slice(0, cut).replace(/\.$/, '');
  return '02468'.includes(down.at(-1) ?? '') ? down : made;
}

/** Digits of a fixed precision, rounded once and exactly. */
export function fixed(value: number, precision: number): string {
  if (Math.abs(value) >= 1e21) {
    return precision === 0 ? BigInt(value).toString() : `${BigInt(value)}.${'0'.repeat(precision)}`;
  }
  if (precision > 70)
    return value
      .toFixed(100)
      .slice(0, precision - 100 || undefined)
      .padEnd(precision, '0');
  return evenTie(value.toFixed(precision), value.toFixed(precision + 30), precision);
}

/** At least two digits of exponent, as Python writes it. */
export function exponential(value: number, precision: number): string {
  const [rounded = '', exponent = '+0'] = value.toExponential(Math.min(precision, 100)).split('e');
  const [exact = '', sameExponent] = value.toExponential(Math.min(precision + 30, 100)).split('e');
  const mantissa = exponent === sameExponent ? evenTie(rounded, exact, precision) : rounded;
  return `${mantissa}e${exponent[0]}${exponent.slice(1).padStart(2, '0')}`;
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
