import { type Dict, dictEntries, dictGet, dictHas, isDict } from './python-dict.ts';

/** A mapping that is not a dict: `tojson` refuses it, `.update` is undefined. */
export abstract class PyMapping {
  readonly unhashable = true;
  /** Attributes that are fields, not keys. JavaScript's undefined where there is none. */
  abstract field(name: string): unknown;
  abstract data(): Dict;
  has(key: unknown): boolean {
    return dictHas(this.data(), key);
  }
  get(key: unknown): unknown {
    return dictGet(this.data(), key);
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
