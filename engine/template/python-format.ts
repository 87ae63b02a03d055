import { PyDate, PyDateTime } from '../time/datetime.ts';
import { PyLookupError, PyTypeError, PyValueError } from '../time/python-error.ts';
import { strftime } from '../time/strftime.ts';
import { getAttribute, getItem } from './attributes.ts';
import { dictGet, dictHas, isDict } from './python-dict.ts';
import { numberOf, textLength } from './python-logic.ts';
import { isMapping, PyMapping } from './python-mappings.ts';
import { bigText, floatRepr, pyRepr, pyStr } from './python-text.ts';
import { typeName } from './python-type-name.ts';
import { isInt, type Keywords, PyFloat, PyTuple, textOf, Undefined } from './python-types.ts';

/** No result of a format may grow beyond this. */
const widest = 1_000_000;

interface Spec {
  readonly fill: string;
  readonly align: string;
  readonly sign: string;
  readonly alternate: boolean;
  readonly width: number;
  readonly grouping: string;
  readonly precision: number | undefined;
  readonly type: string;
}

const specification = /^(?:([\s\S])?([<>=^]))?([+\- ])?(z)?(#)?(0)?(\d+)?([,_])?(?:\.(\d+))?([a-zA-Z%])?$/u;

function parseSpec(text: string, value: unknown): Spec {
  const match = specification.exec(text);
  if (match === null) {
    throw new PyValueError(`Invalid format specifier '${text}' for object of type '${typeName(value)}'`);
  }
  const zero = match[6] !== undefined;
  const width = Number(match[7] ?? 0);
  if (width > widest) throw new PyValueError('the width of a format is too large');
  return {
    fill: match[1] ?? (zero ? '0' : ' '),
    align: match[2] ?? (zero ? '=' : ''),
    sign: match[3] ?? '-',
    alternate: match[5] !== undefined,
    width,
    grouping: match[8] ?? '',
    precision: match[9] === undefined ? undefined : Number(match[9]),
    type: match[10] ?? '',
  };
}

function padded(body: string, sign: string, spec: Spec, defaultAlign: string): string {
  const missing = spec.width - textLength(body) - textLength(sign);
  if (missing <= 0) return sign + body;
  switch (spec.align || defaultAlign) {
    case '<':
      return sign + body + spec.fill.repeat(missing);
    case '=':
      return sign + spec.fill.repeat(missing) + body;
    case '^': {
      const left = Math.floor(missing / 2);
      return spec.fill.repeat(left) + sign + body + spec.fill.repeat(missing - left);
    }
    default:
      return spec.fill.repeat(missing) + sign + body;
  }
}

function grouped(digits: string, separator: string, size = 3): string {
  if (separator === '') return digits;
  const [whole = '', ...rest] = digits.split('.');
  const exponentAt = whole.search(/[^0-9a-fA-F]/);
  const head = exponentAt === -1 ? whole : whole.slice(0, exponentAt);
  const tail = exponentAt === -1 ? '' : whole.slice(exponentAt);
  const made = head.replace(new RegExp(`\\B(?=(?:[0-9a-fA-F]{${size}})+$)`, 'g'), separator) + tail;
  return [made, ...rest].join('.');
}

const signText = (isNegative: boolean, sign: string) => (isNegative ? '-' : sign === '-' ? '' : sign);

function formatInteger(value: number | bigint, spec: Spec): string {
  if ('eEfFgG%'.includes(spec.type) && spec.type !== '') return formatFloat(Number(value), spec);
  if (spec.precision !== undefined)
    throw new PyValueError('Precision not allowed in integer format specifier');
  const big = BigInt(value);
  const size = big < 0n ? -big : big;
  const sign = signText(big < 0n, spec.sign);
  switch (spec.type) {
    case '':
    case 'd':
    case 'n':
      return padded(zeroGrouped(bigText(size), spec, sign), sign, spec, '>');
    case 'b':
    case 'o':
    case 'x':
    case 'X': {
      const radix = spec.type === 'b' ? 2 : spec.type === 'o' ? 8 : 16;
      const digits = grouped(size.toString(radix), spec.grouping, 4);
      const prefix = spec.alternate ? `0${spec.type}` : '';
      return padded(spec.type === 'X' ? digits.toUpperCase() : digits, sign + prefix, spec, '>');
    }
    case 'c':
      return padded(String.fromCodePoint(Number(value)), '', spec, '<');
    default:
      throw new PyValueError(`Unknown format code '${spec.type}' for object of type 'int'`);
  }
}

/** `{:010,}` pads with grouped zeros. */
function zeroGrouped(digits: string, spec: Spec, sign: string): string {
  const made = grouped(digits, spec.grouping);
  if (spec.grouping === '' || spec.fill !== '0' || spec.align !== '=') return made;
  let [whole = '', ...rest] = digits.split('.');
  const tail = rest.length > 0 ? `.${rest.join('.')}` : '';
  while (textLength(grouped(whole, spec.grouping)) + tail.length + sign.length < spec.width)
    whole = `0${whole}`;
  return grouped(whole, spec.grouping) + tail;
}

/** JavaScript rounds exact halves up, Python to the even digit. `made` is rounded, `exact` has all digits. */
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

function exponential(value: number, precision: number): string {
  const [rounded = '', exponent = '+0'] = value.toExponential(Math.min(precision, 100)).split('e');
  const [exact = '', sameExponent] = value.toExponential(Math.min(precision + 30, 100)).split('e');
  const mantissa = exponent === sameExponent ? evenTie(rounded, exact, precision) : rounded;
  return `${mantissa}e${exponent[0]}${exponent.slice(1).padStart(2, '0')}`;
}

function general(value: number, precision: number, alternate: boolean): string {
  const digits = precision === 0 ? 1 : precision;
  if (value === 0) return alternate ? `0.${'0'.repeat(digits - 1)}` : '0';
  const exponent = Number(value.toExponential(Math.min(digits - 1, 100)).split('e')[1]);
  const made =
    exponent < -4 || exponent >= digits
      ? exponential(value, digits - 1)
      : fixed(value, Math.max(digits - 1 - exponent, 0));
  if (alternate || !made.includes('.')) return made;
  return made.replace(/\.?0+(?=e|$)/, '');
}

function formatFloat(value: number, spec: Spec): string {
  const negative = value < 0 || Object.is(value, -0);
  const size = Math.abs(value);
  const sign = signText(negative, spec.sign);
  const precision = spec.precision ?? 6;
  if (precision > 1000) throw new PyValueError('precision too big');
  let body: string;
  if (!Number.isFinite(size)) body = Number.isNaN(size) ? 'nan' : 'inf';
  else {
    switch (spec.type) {
      case 'e':
      case 'E':
        body = exponential(size, precision);
        break;
      case 'f':
      case 'F':
        body = fixed(size, precision);
        break;
      case '%':
        body = fixed(size * 100, precision);
        break;
      case 'g':
      case 'G':
      case 'n':
        body = general(size, precision, spec.alternate);
        break;
      case '':
        body = spec.precision === undefined ? floatRepr(size) : shortFloat(size, spec.precision);
        break;
      default:
        throw new PyValueError(`Unknown format code '${spec.type}' for object of type 'float'`);
    }
  }
  if (spec.type === 'E' || spec.type === 'G' || spec.type === 'F') body = body.toUpperCase();
  return padded(zeroGrouped(body, spec, sign) + (spec.type === '%' ? '%' : ''), sign, spec, '>');
}

/** `{:.3}`: like g, but with at least one digit after the point. */
function shortFloat(value: number, precision: number): string {
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

/** format(value, spec) */
export function formatValue(value: unknown, spec: string): string {
  if (value instanceof PyDateTime || value instanceof PyDate)
    return spec === '' ? pyStr(value) : strftime(value, spec);
  if (spec === '') return pyStr(value);
  const text = textOf(value);
  if (text !== undefined) {
    const parsed = parseSpec(spec, value);
    if (parsed.type !== '' && parsed.type !== 's') {
      throw new PyValueError(`Unknown format code '${parsed.type}' for object of type 'str'`);
    }
    if (parsed.align === '=' && !/^0/.test(spec))
      throw new PyValueError("'=' alignment not allowed in string format specifier");
    if (parsed.grouping !== '') throw new PyValueError(`Cannot specify '${parsed.grouping}' with 's'.`);
    const cut = parsed.precision === undefined ? text : [...text].slice(0, parsed.precision).join('');
    return padded(cut, '', parsed.align === '=' ? { ...parsed, align: '<' } : parsed, '<');
  }
  if (typeof value === 'boolean') return formatInteger(value ? 1 : 0, parseSpec(spec, value));
  if (isInt(value)) return formatInteger(value, parseSpec(spec, value));
  if (typeof value === 'number' || value instanceof PyFloat)
    return formatFloat(Number(value), parseSpec(spec, value));
  throw new PyTypeError(
    `unsupported format string passed to ${value instanceof Undefined ? 'Undefined' : typeName(value)}.__format__`,
  );
}

interface Arguments {
  readonly positional: readonly unknown[] | undefined;
  readonly named: (key: string) => unknown;
}

/** str.format: attributes and items go through the same sandbox as everywhere. */
export function formatText(text: string, args: readonly unknown[], keywords: Keywords): string {
  return formatWith(text, {
    positional: args,
    named: (key) => (Object.hasOwn(keywords, key) ? keywords[key] : missing(key)),
  });
}

export function formatMap(text: string, mapping: unknown): string {
  return formatWith(text, { positional: undefined, named: (key) => itemOf(mapping, key) });
}

function itemOf(mapping: unknown, key: string): unknown {
  if (mapping instanceof PyMapping) return mapping.has(key) ? mapping.get(key) : missing(key);
  if (isDict(mapping)) return dictHas(mapping, key) ? dictGet(mapping, key) : missing(key);
  throw new PyTypeError(`'${typeName(mapping)}' object is not subscriptable`);
}

function missing(key: string): never {
  throw new PyLookupError(`'${key}'`, 'KeyError');
}

function formatWith(text: string, given: Arguments): string {
  let automatic: number | 'manual' = 0;
  const expand = (template: string, depth: number): string => {
    if (depth < 0) throw new PyValueError('Max string recursion exceeded');
    let out = '';
    for (let at = 0; at < template.length; ) {
      const character = template[at] ?? '';
      if (character !== '{' && character !== '}') {
        out += character;
        at += 1;
        continue;
      }
      if (template[at + 1] === character) {
        out += character;
        at += 2;
        continue;
      }
      if (character === '}') throw new PyValueError("Single '}' encountered in format string");
      const end = closingBrace(template, at);
      out += field(template.slice(at + 1, end), depth);
      at = end + 1;
    }
    return out;
  };
  const field = (body: string, depth: number): string => {
    const cut = body.search(/[:!]/);
    const name = cut === -1 ? body : body.slice(0, cut);
    let rest = cut === -1 ? '' : body.slice(cut);
    let conversion = '';
    if (rest.startsWith('!')) {
      conversion = rest[1] ?? '';
      if (rest.length > 2 && rest[2] !== ':')
        throw new PyValueError("expected ':' after conversion specifier");
      rest = rest.slice(2);
    }
    const spec = expand(rest.slice(1), depth - 1);
    const value = converted(lookUp(name), conversion);
    return formatValue(value, spec);
  };
  const lookUp = (name: string): unknown => {
    const first = /^[^.[]*/.exec(name)?.[0] ?? '';
    let value: unknown;
    if (first === '' || /^\d+$/.test(first)) {
      if (given.positional === undefined) throw new PyValueError('Format string contains positional fields');
      value = positional(first);
    } else value = given.named(first);
    const path = /\.([^.[]*)|\[([^\]]*)\]|([\s\S])/g;
    for (const match of name.slice(first.length).matchAll(path)) {
      if (match[3] !== undefined)
        throw new PyValueError("Only '.' or '[' may follow ']' in format field specifier");
      if (match[1] === '' || match[2] === '') throw new PyValueError('Empty attribute in format string');
      value =
        match[1] !== undefined
          ? getAttribute(value, match[1])
          : getItem(value, /^\d+$/.test(match[2] ?? '') ? Number(match[2]) : match[2]);
    }
    return value;
  };
  const positional = (digits: string): unknown => {
    if (digits === '') {
      if (automatic === 'manual') {
        throw new PyValueError('cannot switch from manual field specification to automatic field numbering');
      }
      automatic += 1;
      return argument(automatic - 1);
    }
    if (automatic !== 'manual' && automatic > 0) {
      throw new PyValueError('cannot switch from automatic field numbering to manual field specification');
    }
    automatic = 'manual';
    return argument(Number(digits));
  };
  const argument = (index: number): unknown => {
    const args = given.positional ?? [];
    if (index < args.length) return args[index];
    throw new PyLookupError(
      `Replacement index ${index} out of range for positional args tuple`,
      'IndexError',
    );
  };
  return expand(text, 2);
}

function closingBrace(template: string, open: number): number {
  let depth = 0;
  for (let at = open; at < template.length; at++) {
    if (template[at] === '[' && depth === 1) {
      const close = template.indexOf(']', at);
      if (close !== -1) at = close;
    } else if (template[at] === '{') depth += 1;
    else if (template[at] === '}') {
      depth -= 1;
      if (depth === 0) return at;
    }
  }
  throw new PyValueError(
    open === template.length - 1
      ? "Single '{' encountered in format string"
      : "expected '}' before end of string",
  );
}

function converted(value: unknown, conversion: string): unknown {
  switch (conversion) {
    case '':
      return value;
    case 's':
      return pyStr(value);
    case 'r':
      return pyRepr(value);
    case 'a':
      return ascii(value);
    default:
      throw new PyValueError(`Unknown conversion specifier '${conversion}'`);
  }
}

/** ascii(value) */
export function ascii(value: unknown): string {
  return [...pyRepr(value)]
    .map((character) => {
      const code = character.codePointAt(0) ?? 0;
      if (code < 128) return character;
      const hex = code.toString(16);
      if (code < 256) return `\\x${hex}`;
      return code < 65_536 ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`;
    })
    .join('');
}

const directive = /%(?:\(([^)]*)\))?([#0\- +]*)(\*|\d+)?(?:\.(\*|\d*))?[hlL]?([\s\S])?/g;

/** text % values */
export function percentFormat(text: string, values: unknown): string {
  const tuple = values instanceof PyTuple ? values.items : [values];
  let position = 0;
  let usedMapping = false;
  const next = (): unknown => {
    if (position >= tuple.length) throw new PyTypeError('not enough arguments for format string');
    position += 1;
    return tuple[position - 1];
  };
  const out = text.replace(
    directive,
    (
      whole,
      key: string | undefined,
      flags: string,
      width: string | undefined,
      precision: string | undefined,
      type: string | undefined,
    ) => {
      if (type === undefined) throw new PyValueError('incomplete format');
      if (type === '%' && whole === '%%') return '%';
      const wide = width === '*' ? Number(next()) : Number(width ?? 0);
      const places =
        precision === undefined ? undefined : precision === '*' ? Number(next()) : Number(precision);
      if (wide > widest || (places ?? 0) > widest)
        throw new PyValueError('the width of a format is too large');
      if (type === '%') return '%';
      let value: unknown;
      if (key === undefined) value = next();
      else {
        if (!isMapping(values)) throw new PyTypeError('format requires a mapping');
        usedMapping = true;
        value = itemOf(values, key);
      }
      return percentField(value, type, flags, wide, places);
    },
  );
  if (
    position < tuple.length &&
    !usedMapping &&
    !(isMapping(values) || (Array.isArray(values) && position > 0))
  ) {
    if (!(Array.isArray(values) && tuple.length === 1)) {
      throw new PyTypeError('not all arguments converted during string formatting');
    }
  }
  return out;
}

function percentField(
  value: unknown,
  type: string,
  flags: string,
  width: number,
  precision: number | undefined,
): string {
  const left = flags.includes('-');
  const sign = flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : '-';
  const spec: Spec = {
    fill: flags.includes('0') && !left ? '0' : ' ',
    align: left ? '<' : flags.includes('0') ? '=' : '>',
    sign,
    alternate: flags.includes('#'),
    width,
    grouping: '',
    precision,
    type,
  };
  const text = (body: string) =>
    padded(
      precision === undefined ? body : [...body].slice(0, precision).join(''),
      '',
      { ...spec, fill: ' ', align: left ? '<' : '>' },
      '>',
    );
  switch (type) {
    case 's':
      return text(pyStr(value));
    case 'r':
      return text(pyRepr(value));
    case 'a':
      return text(ascii(value));
    case 'c':
      return text(isInt(value) ? String.fromCodePoint(Number(value)) : (textOf(value) ?? ''));
    case 'd':
    case 'i':
    case 'u': {
      if (value instanceof Undefined) return value.fail();
      const number = numberOf(value);
      if (number === undefined)
        throw new PyTypeError(`%${type} format: a real number is required, not ${typeName(value)}`);
      const whole = typeof number === 'bigint' ? number : BigInt(Math.trunc(number));
      const digits = bigText(whole < 0n ? -whole : whole).padStart(precision ?? 0, '0');
      return padded(digits, signText(whole < 0n, sign), spec, '>');
    }
    case 'x':
    case 'X':
    case 'o':
      if (!isInt(value) && typeof value !== 'boolean') {
        throw new PyTypeError(`%${type} format: an integer is required, not ${typeName(value)}`);
      }
      return formatInteger(typeof value === 'boolean' ? Number(value) : value, {
        ...spec,
        precision: undefined,
      });
    case 'e':
    case 'E':
    case 'f':
    case 'F':
    case 'g':
    case 'G': {
      if (value instanceof Undefined) return value.fail();
      const number = numberOf(value);
      if (number === undefined) throw new PyTypeError(`must be real number, not ${typeName(value)}`);
      return formatFloat(Number(number), spec);
    }
    default:
      throw new PyValueError(`unsupported format character '${type}'`);
  }
}
