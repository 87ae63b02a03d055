import { PyTypeError, PythonError } from '../time/python-error.ts';
import { hashKey } from './python-hash.ts';

/** A float that looks like an int in JavaScript: 1.0, 1e300; or nan, inf. */
export class PyFloat {
  readonly value: number;
  constructor(value: number) {
    this.value = value;
  }
  valueOf(): number {
    return this.value;
  }
  toJSON(): number {
    return this.value;
  }
}

export class PyTuple {
  readonly items: readonly unknown[];
  constructor(items: readonly unknown[]) {
    this.items = items;
  }
}

/** What groupby yields: a pair whose parts are also `.grouper` and `.list`. */
export class PyGroup extends PyTuple {
  readonly grouper: unknown;
  readonly list: readonly unknown[];
  constructor(grouper: unknown, list: readonly unknown[]) {
    super([grouper, list]);
    this.grouper = grouper;
    this.list = list;
  }
}

/** A tuple whose items have names as well, and which shows them: time.struct_time and its like. */
export class PyNamedTuple extends PyTuple {
  readonly kind: string;
  readonly names: readonly string[];
  constructor(kind: string, names: readonly string[], items: readonly unknown[]) {
    super(items);
    this.kind = kind;
    this.names = names;
  }
}

export class PySet {
  readonly members = new Map<string, unknown>();
  constructor(items: Iterable<unknown>) {
    for (const item of items) this.add(item);
  }
  add(item: unknown): void {
    const key = hashKey(item);
    if (!this.members.has(key)) this.members.set(key, item);
  }
}

export class PyBytes {
  readonly bytes: Uint8Array;
  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }
}

/** The result of a negative number to a fractional power. It can be printed and nothing else. */
export class PyComplex {
  readonly real: number;
  readonly imaginary: number;
  constructor(real: number, imaginary: number) {
    this.real = real;
    this.imaginary = imaginary;
  }
}

export class PyDecimal {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

export class PyEllipsis {
  readonly shown = 'Ellipsis';
}

export const ellipsis = new PyEllipsis();

/** Text that counts as HTML-safe: what is added to it is escaped. */
export class PyMarkup {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
  toString(): string {
    return this.text;
  }
}

export type Keywords = Readonly<Record<string, unknown>>;
export const noKeywords: Keywords = Object.freeze({});

/** Anything a template can call: macros, methods, Jinja's own callables. */
export class PyFunction {
  readonly name: string;
  readonly call: (args: readonly unknown[], keywords: Keywords) => unknown;
  /** How it prints, without Python's addresses. */
  readonly shown: string;
  /** Attributes beyond a function's own, such as a macro's or dict.fromkeys. */
  readonly attributes: Readonly<Record<string, unknown>>;
  constructor(
    name: string,
    call: (args: readonly unknown[], keywords: Keywords) => unknown,
    shown = `<function ${name}>`,
    attributes: Readonly<Record<string, unknown>> = {},
  ) {
    this.name = name;
    this.call = call;
    this.shown = shown;
    this.attributes = attributes;
  }
}

/** A generator or iterator: it can be read only once. */
export class PyIterator implements Iterable<unknown> {
  readonly iterator: Iterator<unknown>;
  readonly kind: string;
  constructor(items: Iterable<unknown>, kind = 'generator') {
    this.iterator = items[Symbol.iterator]();
    this.kind = kind;
  }
  [Symbol.iterator](): Iterator<unknown> {
    return this.iterator;
  }
}

/** A live view of a dict: keys(), values() or items(). */
export class PyView implements Iterable<unknown> {
  readonly kind: 'dict_keys' | 'dict_values' | 'dict_items';
  readonly read: () => readonly unknown[];
  constructor(kind: 'dict_keys' | 'dict_values' | 'dict_items', read: () => readonly unknown[]) {
    this.kind = kind;
    this.read = read;
  }
  [Symbol.iterator](): Iterator<unknown> {
    return this.read()[Symbol.iterator]();
  }
}

/** Jinja's namespace(): the only thing whose attributes a template can set. */
export class PyNamespace {
  readonly fields = new Map<string, unknown>();
}

/** An object with methods and fields of Jinja's own: loop, cycler, joiner. */
export class PyObject {
  private readonly show: string | (() => string);
  readonly attribute: (name: string) => unknown;
  readonly call: ((args: readonly unknown[], keywords: Keywords) => unknown) | undefined;
  readonly iterate: (() => Iterable<unknown>) | undefined;
  readonly length: (() => number) | undefined;
  constructor(options: {
    readonly shown: string | (() => string);
    /** JavaScript's undefined where there is none. */
    readonly attribute: (name: string) => unknown;
    readonly call?: (args: readonly unknown[], keywords: Keywords) => unknown;
    readonly iterate?: () => Iterable<unknown>;
    readonly length?: () => number;
  }) {
    this.show = options.shown;
    this.attribute = options.attribute;
    this.call = options.call;
    this.iterate = options.iterate;
    this.length = options.length;
  }
  get shown(): string {
    return typeof this.show === 'string' ? this.show : this.show();
  }
}

export class UndefinedError extends PythonError {
  constructor(message: string, pythonClass: 'UndefinedError' | 'SecurityError' = 'UndefinedError') {
    super(message, pythonClass);
  }
}

export class SecurityError extends UndefinedError {
  constructor(message: string) {
    super(message, 'SecurityError');
  }
}

/** Jinja's Undefined: prints as nothing, is empty and false, and complains when it is used. */
export class Undefined {
  readonly message: string;
  readonly isUnsafe: boolean;
  constructor(message: string, isUnsafe = false) {
    this.message = message;
    this.isUnsafe = isUnsafe;
  }
  fail(): never {
    throw this.isUnsafe ? new SecurityError(this.message) : new UndefinedError(this.message);
  }
}

export function isUndefined(value: unknown): value is Undefined {
  return value instanceof Undefined;
}

/** A float result: wrapped only when it would pass for an int. */
export function float(value: number): number | PyFloat {
  return Number.isInteger(value) || !Number.isFinite(value) ? new PyFloat(value) : value;
}

/** An int result: a number while it is exact. */
export function int(value: bigint): number | bigint {
  return value >= -9_007_199_254_740_991n && value <= 9_007_199_254_740_991n ? Number(value) : value;
}

export function isInt(value: unknown): value is number | bigint {
  return typeof value === 'number' ? Number.isInteger(value) : typeof value === 'bigint';
}

export function isFloat(value: unknown): value is number | PyFloat {
  return value instanceof PyFloat || (typeof value === 'number' && !Number.isInteger(value));
}

/** Python text: plain or Markup. */
export function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  return value instanceof PyMarkup ? value.text : undefined;
}

export function typeError(message: string): never {
  throw new PyTypeError(message);
}
