export type BinaryOperator = '+' | '-' | '*' | '/' | '//' | '%' | '**';
export type Ordering = '<' | '<=' | '>' | '>=';

export type Keywords = Readonly<Record<string, unknown>>;
export const noKeywords: Keywords = Object.freeze({});

/** What a template calls. */
export type Call = (args: readonly unknown[], keywords: Keywords, py: Python) => unknown;

/** What an evaluation takes from outside of its values. */
export interface Environment {
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** In [0, 1). */
  readonly random: () => number;
  /** How much an evaluation may work, in the units of `values/budget.ts`. */
  readonly work: number;
  /** Runs a filter or test by its name; `args` start with the value that is filtered or tested. */
  readonly filter: (name: string, args: readonly unknown[], keywords: Keywords, py: Python) => unknown;
  readonly test: (name: string, args: readonly unknown[], keywords: Keywords, py: Python) => boolean;
}

/**
 * What can be asked of any value, within one evaluation. A type's record is given it wherever a value may hold or meet
 * values of other types, so that no type has to know another.
 */
export interface Python {
  readonly environment: Environment;
  /** Pays for work whose amount values decide, in the units of `values/budget.ts`; throws when nothing is left. */
  spend(work: number): void;
  /** Pays for the text of values that a built-in reads or makes. */
  spendOn(values: readonly unknown[]): void;
  /** type(value).__name__, for error messages. */
  typeName(value: unknown): string;
  /** bool(value) */
  truth(value: unknown): boolean;
  /** len(value); JavaScript's undefined where Python has none. */
  length(value: unknown): number | undefined;
  /** iter(value); throws TypeError. */
  iterate(value: unknown): Iterable<unknown>;
  isIterable(value: unknown): boolean;
  /** item in container; throws TypeError. */
  contains(container: unknown, item: unknown): boolean;
  /** a == b; never throws. */
  equals(a: unknown, b: unknown): boolean;
  /** a < b and its like; throws TypeError where Python has no order, UndefinedError for Undefined. */
  compare(operator: Ordering, a: unknown, b: unknown): boolean;
  /**
   * A text that is the same for values that are the same key in Python: 1, 1.0 and True. Throws TypeError for
   * unhashable values.
   */
  hash(value: unknown): string;
  str(value: unknown): string;
  repr(value: unknown): string;
  /** The value as a record keeps it: tuples and sets become arrays, floats numbers, times ISO text. */
  json(value: unknown): unknown;
  /** format(value, spec) */
  format(value: unknown, spec: string): string;
  /** a op b by Python's rules; throws TypeError, ZeroDivisionError, OverflowError or UndefinedError. */
  binary(operator: BinaryOperator, a: unknown, b: unknown): unknown;
  /** -value and +value */
  signed(sign: '-' | '+', value: unknown): unknown;
  /** value.name in Jinja: an attribute, or else an item. */
  getAttribute(value: unknown, name: string): unknown;
  /** value[key] in Jinja: an item, or else an attribute, but never a method of a mapping. */
  getItem(value: unknown, key: unknown): unknown;
  /**
   * value.name where it is not called, for the names of a dict's methods: a mapping has an item of that name, or
   * JavaScript's undefined.
   */
  getField(value: unknown, name: string): unknown;
  /** value[from:to:step]; throws TypeError for what cannot be sliced. */
  getSlice(value: unknown, slice: unknown): unknown;
  /** The `attr` filter and the like: attributes only, never keys. */
  attributeOnly(value: unknown, name: string): unknown;
  isCallable(value: unknown): boolean;
  /** Throws TypeError for what is not callable. */
  call(target: unknown, args: readonly unknown[], keywords: Keywords): unknown;
  /** Text, or a TypeError that says what else was wanted. */
  text(value: unknown, wanted?: string): string;
  /** An index or count: a bool is one, a float is not. Throws TypeError. */
  index(value: unknown): number;
}

/** Methods may be called for values that are only known to be of the type by how they were found. */
type OfType<T, Args extends readonly unknown[], Result> = {
  call(self: T, ...args: Args): Result;
}['call'];

/** The parameters of a method, written as for `bind`, and what it does with their values. */
export type Method<T> = readonly [
  parameters: readonly string[],
  body: OfType<T, [args: readonly unknown[], py: Python], unknown>,
];
export type Methods<T> = Readonly<Record<string, Method<T>>>;

/** How the values of one Python type behave. What a type leaves out its values cannot do. */
export interface PyType<T = unknown> {
  readonly name: string;
  /** Without it a value is true unless its length is 0. */
  truth?(self: T, py: Python): boolean;
  length?(self: T): number | undefined;
  iterate?(self: T): Iterable<unknown> | undefined;
  /** Without it, the items are looked through. */
  contains?(self: T, item: unknown, py: Python): boolean;
  /** Without it a value is a key by its identity. */
  hash?(self: T, py: Python): string;
  /** Without it a value equals itself only. */
  equals?(self: T, other: unknown, py: Python): boolean;
  /** JavaScript's undefined where there is no order between the two. */
  compare?(operator: Ordering, self: T, other: unknown, py: Python): boolean | undefined;
  /** Without it, `repr`. */
  str?(self: T, py: Python): string;
  repr(self: T, py: Python): string;
  /** Its items are printed by `repr`, and it may contain itself. */
  readonly isContainer?: boolean;
  /** By a specification that is not empty. */
  format?(self: T, spec: string, py: Python): string;
  /** An attribute that is no method; JavaScript's undefined where there is none. */
  attribute?(self: T, name: string, py: Python): unknown;
  readonly methods?: Methods<T>;
  /** Attributes that exist but are refused by the sandbox, beyond those of every object. */
  readonly hidden?: ReadonlySet<string>;
  /** JavaScript's undefined where there is no such item; a TypeError means the same. */
  item?(self: T, key: unknown, py: Python): unknown;
  /** self op other; JavaScript's undefined where the type does not know what that is. */
  binary?(operator: BinaryOperator, self: T, other: unknown, py: Python): unknown;
  /** other op self, asked when the type of `other` does not know what that is. */
  reflected?(operator: BinaryOperator, self: T, other: unknown, py: Python): unknown;
  signed?(sign: '-' | '+', self: T): unknown;
  /** What a call of the value runs. */
  call?(self: T): Call | undefined;
  /** Without it, its text. */
  json?(self: T, py: Python): unknown;
}
