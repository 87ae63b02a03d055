import { isPlainObject } from '../util/json/json.ts';

const names: Readonly<Record<string, string>> = {
  PyFloat: 'float',
  PyTuple: 'tuple',
  PySet: 'set',
  PyBytes: 'bytes',
  PyComplex: 'complex',
  PyDecimal: 'Decimal',
  PyEllipsis: 'ellipsis',
  PyMarkup: 'Markup',
  PyFunction: 'function',
  PyIterator: 'generator',
  PyNamespace: 'Namespace',
  PyDict: 'dict',
  PyDateTime: 'datetime.datetime',
  PyDate: 'datetime.date',
  PyTime: 'datetime.time',
  PyTimedelta: 'datetime.timedelta',
  PyDuration: 'Duration',
  PyTimezone: 'datetime.timezone',
  PyStreamSlice: 'StreamSlice',
  PyRecord: 'Record',
  PyHeaders: 'CaseInsensitiveDict',
};

/** type(value).__name__ for error messages. Never part of a result, so a minified class name does no harm. */
export function typeName(value: unknown): string {
  if (value === null || value === undefined) return 'NoneType';
  switch (typeof value) {
    case 'string':
      return 'str';
    case 'boolean':
      return 'bool';
    case 'bigint':
      return 'int';
    case 'number':
      return Number.isInteger(value) ? 'int' : 'float';
    default: {
      if (Array.isArray(value)) return 'list';
      if (isPlainObject(value)) return 'dict';
      const name: unknown = Object(value).constructor?.name;
      return typeof name === 'string' ? (names[name] ?? name.replace(/^Py/, '')) : 'object';
    }
  }
}
