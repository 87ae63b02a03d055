import {
  ellipsis,
  isUndefined,
  jsonLoads,
  outside,
  PyBytes,
  PyComplex,
  PyDate,
  PyDateTime,
  PyDecimal,
  PyDict,
  PyEllipsis,
  PyFloat,
  PyHeaders,
  PyMapping,
  PyRecord,
  PySet,
  PyStreamSlice,
  PyTimedelta,
  PyTuple,
  pyRepr,
  pythonDict,
  setOf,
} from '../../engine/template/python-values.ts';
import { isoparse } from '../../engine/time/isoparse.ts';

type Tagged = Readonly<Record<string, unknown>> & { readonly $py: string };

function isTagged(value: object): value is Tagged {
  return '$py' in value && typeof value.$py === 'string';
}

const object = (value: unknown) => value as Record<string, unknown>;

/** A vector's JSON as values: `$py` tags become Python values. */
export function revive(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(revive);
  if (!isTagged(value))
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, revive(item)]));
  const text = String(value.value);
  const items = (value.items ?? []) as unknown[];
  switch (value.$py) {
    case 'float':
      return new PyFloat(text === 'nan' ? Number.NaN : Number(text.replace('inf', 'Infinity')));
    case 'int':
      return BigInt(text);
    case 'tuple':
      return new PyTuple(items.map(revive));
    case 'set':
      return setOf(items.map(revive), outside());
    case 'dict':
      return pythonDict(
        (items as [unknown, unknown][]).map(([key, item]) => [revive(key), revive(item)]),
        outside(),
      );
    case 'bytes':
      return new PyBytes(Buffer.from(String(value.hex), 'hex'));
    case 'str':
      return String.fromCharCode(
        ...(value.code_points as number[]).flatMap((code) =>
          [...String.fromCodePoint(code)].flatMap((c) =>
            c.length === 1 ? [c.charCodeAt(0)] : [c.charCodeAt(0), c.charCodeAt(1)],
          ),
        ),
      );
    case 'Ellipsis':
      return ellipsis;
    case 'complex':
      return complexOf(text);
    case 'Decimal':
      return new PyDecimal(text);
    case 'datetime':
      return isoparse(text);
    case 'date':
      return new PyDate(isoparse(text).days);
    case 'timedelta':
      return new PyTimedelta(BigInt(Math.round(Number(object(revive(value.seconds)) ?? 0) * 1e6)));
    case 'stream_slice':
      return new PyStreamSlice({
        partition: object(revive(value.partition ?? {})),
        cursor: object(revive(value.cursor_slice ?? {})),
        extraFields: object(revive(value.extra_fields ?? {})),
      });
    case 'record':
      return new PyRecord({ data: object(revive(value.data)), stream_name: String(value.stream_name) });
    case 'headers':
      return new PyHeaders(object(revive(value.value)));
    case 'function':
      return jsonLoads;
    default:
      throw new Error(`no value for the tag ${value.$py}`);
  }
}

/** str(complex): "2j", "(1+2j)". */
function complexOf(text: string): PyComplex {
  const [, real = '0', imaginary = '0'] = /^\(?(.*?\d(?=[+-][^j]*j))?(.*)j\)?$/.exec(text) ?? [];
  return new PyComplex(Number(real), Number(imaginary));
}

/** type(value).__name__ */
export function pyType(value: unknown): string {
  if (value === null || value === undefined) return 'NoneType';
  if (typeof value === 'string') return 'str';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'bigint') return 'int';
  if (typeof value === 'number') return Number.isInteger(value) ? 'int' : 'float';
  if (Array.isArray(value)) return 'list';
  const named: readonly (readonly [new (...args: never[]) => object, string])[] = [
    [PyFloat, 'float'],
    [PyTuple, 'tuple'],
    [PySet, 'set'],
    [PyDict, 'dict'],
    [PyBytes, 'bytes'],
    [PyEllipsis, 'ellipsis'],
    [PyComplex, 'complex'],
    [PyDateTime, 'datetime'],
    [PyDate, 'date'],
    [PyTimedelta, 'timedelta'],
  ];
  const found = named.find(([type]) => value instanceof type);
  if (found !== undefined) return found[1];
  return isUndefined(value) ? 'Undefined' : value instanceof PyMapping ? 'Mapping' : 'dict';
}

/** A text that is equal for equal values of equal types, whatever the order of dicts and sets. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value instanceof PyTuple) return `(${value.items.map(canonical).join(',')})`;
  if (value instanceof PySet) return `set(${[...value.members.values()].map(canonical).sort().join(',')})`;
  if (value instanceof PyDict) {
    return `{${value
      .entries()
      .map(([key, item]) => `${canonical(key)}:${canonical(item)}`)
      .sort()
      .join(',')}}`;
  }
  if (pyType(value) === 'dict') {
    return `{${Object.entries(object(value))
      .map(([key, item]) => `${canonical(key)}:${canonical(item)}`)
      .sort()
      .join(',')}}`;
  }
  return `${pyType(value)} ${pyRepr(value)}`;
}
