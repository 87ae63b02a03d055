import { PyLookupError, PyTypeError } from '../../time/python-error.ts';
import { type Dict, dictEntries, dictGet, dictHas, isDict, orNone, sameDicts } from './dict.ts';
import { containerNames } from './hidden-names.ts';
import type { PyType, Python } from './python.ts';
import { unhashable } from './unhashable.ts';

type Hasher = Pick<Python, 'hash'>;

/** A mapping that is not a dict: `tojson` refuses it, `.update` is undefined. */
export abstract class PyMapping {
  /** Attributes that are fields, not keys. JavaScript's undefined where there is none. */
  abstract field(name: string): unknown;
  abstract data(): Dict;
  has(key: unknown, py: Hasher): boolean {
    return dictHas(this.data(), key, py);
  }
  get(key: unknown, py: Hasher): unknown {
    return dictGet(this.data(), key, py);
  }
  entries(): (readonly [unknown, unknown])[] {
    return dictEntries(this.data());
  }
}

export interface SliceParts {
  readonly partition: Record<string, unknown>;
  readonly cursor: Record<string, unknown>;
  readonly extraFields?: Record<string, unknown>;
}

/** A slice: a mapping of its partition and cursor window that also has `.partition`, `.cursor_slice` and `.extra_fields`. */
export class PyStreamSlice extends PyMapping {
  private readonly parts: SliceParts;
  private merged: Dict | undefined;
  constructor(parts: SliceParts) {
    super();
    this.parts = parts;
  }
  data(): Dict {
    this.merged ??= { ...this.parts.partition, ...this.parts.cursor };
    return this.merged;
  }
  get extraFields(): Record<string, unknown> {
    return this.parts.extraFields ?? {};
  }
  field(name: string): unknown {
    switch (name) {
      case 'partition':
      case '_partition':
        return this.parts.partition;
      case 'cursor_slice':
        return this.parts.cursor;
      case 'extra_fields':
        return this.extraFields;
      default:
        return undefined;
    }
  }
}

/** A record: a mapping of its data that also has `.data` and `.stream_name`. */
export class PyRecord extends PyMapping {
  private readonly parts: { readonly data: Record<string, unknown>; readonly stream_name: string };
  constructor(parts: { readonly data: Record<string, unknown>; readonly stream_name: string }) {
    super();
    this.parts = parts;
  }
  data(): Dict {
    return this.parts.data;
  }
  field(name: string): unknown {
    switch (name) {
      case 'data':
        return this.parts.data;
      case 'stream_name':
        return this.parts.stream_name;
      case 'associated_slice':
      case 'file_reference':
        return null;
      default:
        return undefined;
    }
  }
}

/** Response headers: case does not matter. */
export class PyHeaders extends PyMapping {
  private readonly values: Record<string, unknown>;
  private readonly byLowerCase: ReadonlyMap<string, unknown>;
  constructor(values: Record<string, unknown>) {
    super();
    this.values = values;
    this.byLowerCase = new Map(Object.entries(values).map(([key, value]) => [key.toLowerCase(), value]));
  }
  data(): Dict {
    return this.values;
  }
  field(): unknown {
    return undefined;
  }
  override has(key: unknown): boolean {
    return typeof key === 'string' && this.byLowerCase.has(key.toLowerCase());
  }
  override get(key: unknown): unknown {
    return typeof key === 'string' ? this.byLowerCase.get(key.toLowerCase()) : undefined;
  }
}

export function isMapping(value: unknown): value is Dict | PyMapping {
  return value instanceof PyMapping || isDict(value);
}

export function mappingEntries(value: Dict | PyMapping): (readonly [unknown, unknown])[] {
  return value instanceof PyMapping ? value.entries() : dictEntries(value);
}

/** mapping[key]; throws KeyError, and TypeError for what is no mapping. */
export function itemAt(mapping: unknown, key: string, py: Python): unknown {
  if (!isMapping(mapping)) throw new PyTypeError(`'${py.typeName(mapping)}' object is not subscriptable`);
  const item = mapping instanceof PyMapping ? mapping.get(key, py) : dictGet(mapping, key, py);
  return item === undefined ? missingKey(`'${key}'`) : item;
}

/** `shown` is how the key prints. */
export function missingKey(shown: string): never {
  throw new PyLookupError(shown, 'KeyError');
}

const mappingType: PyType<PyMapping> = {
  name: 'Mapping',
  length: (self) => self.entries().length,
  iterate: (self) => self.entries().map(([key]) => key),
  contains: (self, item, py) => self.has(item, py),
  hash: unhashable('Mapping'),
  // A Record equals nothing but a Record.
  equals(self, other, py) {
    if (self instanceof PyRecord !== other instanceof PyRecord) return false;
    if (other instanceof PyMapping) return sameDicts(self.data(), other.data(), py);
    return isDict(other) && sameDicts(self.data(), other, py);
  },
  repr: (self, py) => py.repr(self.data()),
  attribute: (self, name) => self.field(name),
  hidden: containerNames,
  item: (self, key, py) => (self.has(key, py) ? orNone(self.get(key, py)) : undefined),
  json: (self, py) => py.json(self.data()),
};

export const streamSliceType: PyType<PyStreamSlice> = {
  ...mappingType,
  name: 'StreamSlice',
  truth: (self) => self.entries().length > 0 || Object.keys(self.extraFields).length > 0,
  hidden: new Set([
    ...containerNames,
    ...['_cursor_slice', '_extra_fields', '_stream_slice', '_abc_impl', '_is_protocol'],
    ...['__dict__', '__module__'],
  ]),
};

export const recordType: PyType<PyRecord> = {
  ...mappingType,
  name: 'Record',
  hidden: new Set([
    ...containerNames,
    ...['_data', '_associated_slice', '_file_reference', '_abc_impl', '_is_protocol'],
    ...['__dict__', '__module__'],
  ]),
};

export const headersType: PyType<PyHeaders> = { ...mappingType, name: 'CaseInsensitiveDict' };
