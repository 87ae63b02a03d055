import { PyTypeError, PythonError } from '../../time/python-error.ts';
import { isPlainObject } from '../../util/json/json.ts';
import { Budget, comparedAtOnce, costs } from '../values/budget.ts';
import { PyBytes } from '../values/bytes.ts';
import { boundMethod } from '../values/function.ts';
import { isHiddenName } from '../values/hidden-names.ts';
import { isMapping } from '../values/mapping.ts';
import { bitsOf, holds, indexOf } from '../values/number.ts';
import type { BinaryOperator, Environment, Keywords, Ordering, PyType, Python } from '../values/python.ts';
import { PySlice } from '../values/slice.ts';
import { addTexts, compareText, needText, PyMarkup, textOf } from '../values/text.ts';
import { PyTuple } from '../values/tuple.ts';
import { Undefined } from '../values/undefined.ts';
import { dictMethodNames } from './dict-methods.ts';
import { typeOf } from './types.ts';

/** How many containers inside of one another are printed. */
const deepest = 900;

class Evaluation implements Python {
  readonly environment: Environment;
  /** The containers that are being printed, the outermost first. */
  private readonly printing: unknown[] = [];
  /** Numbers of values that are keys by their identity. */
  private identities: Map<unknown, number> | undefined;
  private readonly budget: Budget;

  constructor(environment: Environment) {
    this.environment = environment;
    this.budget = new Budget(environment.work);
  }

  spend(work: number): void {
    this.budget.spend(work);
  }

  spendOn(values: readonly unknown[]): void {
    let size = 0;
    for (const value of values) size += weightOf(value);
    if (size > 0) this.budget.spend(size);
  }

  typeName(value: unknown): string {
    return typeOf(value).name;
  }

  truth(value: unknown): boolean {
    if (typeof value === 'boolean') return value;
    if (typeof value === 'string') return value !== '';
    const type = typeOf(value);
    if (type.truth !== undefined) return type.truth(value, this);
    return this.lengthOf(value, type) !== 0;
  }

  length(value: unknown): number | undefined {
    return this.lengthOf(value, typeOf(value));
  }

  private lengthOf(value: unknown, type: PyType): number | undefined {
    const length = type.length?.(value);
    // A list knows its length; a text is looked through, and a dict's entries are listed.
    if (length !== undefined && !Array.isArray(value))
      this.budget.spend(textOf(value) === undefined ? length * costs.listed : length);
    return length;
  }

  iterate(value: unknown): Iterable<unknown> {
    const type = typeOf(value);
    const items = type.iterate?.(value);
    if (items === undefined) throw new PyTypeError(`'${type.name}' object is not iterable`);
    if (Array.isArray(items)) this.budget.spend(items.length * (isHeld(value) ? costs.look : costs.listed));
    return items;
  }

  isIterable(value: unknown): boolean {
    if (isHeld(value)) return true;
    const items = typeOf(value).iterate?.(value);
    if (Array.isArray(items)) this.budget.spend(items.length * costs.listed);
    return items !== undefined;
  }

  contains(container: unknown, item: unknown): boolean {
    const type = typeOf(container);
    this.budget.spend(weightOf(container) >> comparedAtOnce);
    if (type.contains !== undefined) return type.contains(container, item, this);
    const items = type.iterate?.(container);
    if (items === undefined) throw new PyTypeError(`argument of type '${type.name}' is not iterable`);
    for (const each of items) {
      this.budget.spend(costs.look);
      if (this.equals(each, item)) return true;
    }
    return false;
  }

  equals(a: unknown, b: unknown): boolean {
    if (a === b) {
      if (typeof a !== 'number') this.budget.spend(weightOf(a) >> comparedAtOnce);
      return true;
    }
    this.budget.spend(costs.look + (weightOf(a) >> comparedAtOnce));
    return typeOf(a).equals?.(a, b, this) === true;
  }

  compare(operator: Ordering, a: unknown, b: unknown): boolean {
    if (typeof a === 'number' && typeof b === 'number') return holds(operator, a - b);
    if (typeof a === 'string' && typeof b === 'string') {
      this.budget.spend(1 + (Math.min(a.length, b.length) >> comparedAtOnce));
      return holds(operator, compareText(a, b));
    }
    if (a instanceof Undefined) return a.fail();
    if (b instanceof Undefined) return b.fail();
    const type = typeOf(a);
    this.budget.spend(costs.look + ((weightOf(a) + weightOf(b)) >> comparedAtOnce));
    const made = type.compare?.(operator, a, b, this);
    if (made !== undefined) return made;
    throw new PyTypeError(
      `'${operator}' not supported between instances of '${type.name}' and '${this.typeName(b)}'`,
    );
  }

  hash(value: unknown): string {
    const type = typeOf(value);
    if (type.hash !== undefined) {
      const made = type.hash(value, this);
      this.budget.spend(1 + (made.length >> comparedAtOnce));
      return made;
    }
    this.identities ??= new Map();
    const known = this.identities.get(value) ?? this.identities.size;
    this.identities.set(value, known);
    return `o${known}`;
  }

  str(value: unknown): string {
    if (typeof value === 'string') return value;
    const type = typeOf(value);
    const made = type.str === undefined ? this.show(value, type) : type.str(value, this);
    this.budget.spend(made.length);
    return made;
  }

  repr(value: unknown): string {
    const made = this.show(value, typeOf(value));
    this.budget.spend(made.length);
    return made;
  }

  private show(value: unknown, type: PyType): string {
    if (type.isContainer !== true) return type.repr(value, this);
    if (this.printing.includes(value)) return Array.isArray(value) ? '[...]' : '{...}';
    if (this.printing.length > deepest)
      throw new PythonError(
        'maximum recursion depth exceeded while getting the repr of an object',
        'RecursionError',
      );
    this.printing.push(value);
    try {
      return type.repr(value, this);
    } finally {
      this.printing.pop();
    }
  }

  json(value: unknown): unknown {
    if (typeof value !== 'object' || value === null) return value;
    this.budget.spend(1);
    const type = typeOf(value);
    return type.json === undefined ? this.str(value) : type.json(value, this);
  }

  format(value: unknown, spec: string): string {
    if (spec === '') return this.str(value);
    this.budget.spend(spec.length * costs.format);
    const type = typeOf(value);
    if (type.format !== undefined) return type.format(value, spec, this);
    throw new PyTypeError(`unsupported format string passed to ${type.name}.__format__`);
  }

  binary(operator: BinaryOperator, a: unknown, b: unknown): unknown {
    if (typeof a === 'number' && typeof b === 'number' && Number.isInteger(a) && Number.isInteger(b)) {
      const quick =
        operator === '+' ? a + b : operator === '-' ? a - b : operator === '*' ? a * b : Number.NaN;
      if (Number.isSafeInteger(quick)) return quick + 0;
    }
    if (typeof a === 'string' && typeof b === 'string' && operator === '+') {
      this.budget.spend(a.length + b.length);
      return addTexts(a, b);
    }
    if (a instanceof Undefined) return a.fail();
    // What a text formats may be undefined.
    if (b instanceof Undefined && !(operator === '%' && textOf(a) !== undefined)) return b.fail();
    if (typeof a === 'bigint' || typeof b === 'bigint') this.budget.spend(weightOf(a) + weightOf(b));
    const [left, right] = [typeOf(a), typeOf(b)];
    const made = left.binary?.(operator, a, b, this) ?? right.reflected?.(operator, b, a, this);
    if (made !== undefined) {
      this.budget.spend(sizeOf(made));
      return made;
    }
    throw new PyTypeError(`unsupported operand type(s) for ${operator}: '${left.name}' and '${right.name}'`);
  }

  signed(sign: '-' | '+', value: unknown): unknown {
    if (value instanceof Undefined) return value.fail();
    const type = typeOf(value);
    this.budget.spend(weightOf(value));
    const made = type.signed?.(sign, value);
    if (made !== undefined) return made;
    throw new PyTypeError(`bad operand type for unary ${sign}: '${type.name}'`);
  }

  getAttribute(value: unknown, name: string): unknown {
    // What nearly every lookup is: a key of a plain record that is not the name of a method.
    if (
      isPlainObject(value) &&
      !dictMethodNames.has(name) &&
      Object.hasOwn(value, name) &&
      name.charCodeAt(0) !== 95
    ) {
      const item = value[name];
      return item === undefined ? null : item;
    }
    const type = typeOf(value);
    if (isHiddenName(name, type.hidden)) return unsafe(type, name);
    const attribute = this.attribute(value, name, type);
    if (attribute !== undefined) return attribute;
    const item = this.item(value, name, type);
    return item === undefined ? missing(value, name, this) : item;
  }

  getItem(value: unknown, key: unknown): unknown {
    if (typeof key === 'string' && isPlainObject(value) && Object.hasOwn(value, key)) {
      const item = value[key];
      return item === undefined ? null : item;
    }
    const type = typeOf(value);
    const item = this.item(value, key, type);
    if (item !== undefined) return item;
    if (typeof key !== 'string') return missing(value, key, this);
    if (isHiddenName(key, type.hidden)) return unsafe(type, key);
    // A key that is missing must not turn into the method of that name.
    const attribute = isMapping(value)
      ? type.attribute?.(value, key, this)
      : this.attribute(value, key, type);
    return attribute === undefined ? missing(value, key, this) : attribute;
  }

  getField(value: unknown, name: string): unknown {
    if (!isMapping(value)) return this.getAttribute(value, name);
    const type = typeOf(value);
    const item = this.item(value, name, type);
    if (item !== undefined) return item;
    const isMethod = type.methods !== undefined && Object.hasOwn(type.methods, name);
    return isMethod ? undefined : this.getAttribute(value, name);
  }

  getSlice(value: unknown, slice: unknown): unknown {
    const type = typeOf(value);
    const item = this.item(value, slice, type);
    if (item === undefined) throw new PyTypeError(`'${type.name}' object is not subscriptable`);
    this.budget.spend(sizeOf(item));
    return item;
  }

  attributeOnly(value: unknown, name: string): unknown {
    if (value instanceof Undefined) return value.fail();
    const type = typeOf(value);
    if (isHiddenName(name, type.hidden)) return unsafe(type, name);
    const attribute = this.attribute(value, name, type);
    return attribute === undefined ? missing(value, name, this) : attribute;
  }

  /** getattr(value, name) for public names; JavaScript's undefined where there is none. */
  private attribute(value: unknown, name: string, type: PyType): unknown {
    const field = type.attribute?.(value, name, this);
    if (field !== undefined) return field;
    const { methods } = type;
    const method = methods !== undefined && Object.hasOwn(methods, name) ? methods[name] : undefined;
    return method && boundMethod(type.name, name, method, value);
  }

  /** value[key] without falling back to attributes; a TypeError of Python's means the same as no item. */
  private item(value: unknown, key: unknown, type: PyType): unknown {
    // A text is counted through, by code points.
    const text = textOf(value);
    if (text !== undefined) this.budget.spend(text.length);
    else if (key instanceof PySlice) this.budget.spend(weightOf(value));
    try {
      return type.item?.(value, key, this);
    } catch (error) {
      if (error instanceof PyTypeError) return undefined;
      throw error;
    }
  }

  isCallable(value: unknown): boolean {
    return typeOf(value).call?.(value) !== undefined;
  }

  call(target: unknown, args: readonly unknown[], keywords: Keywords): unknown {
    this.budget.spend(costs.call);
    const type = typeOf(target);
    const run = type.call?.(target);
    if (run === undefined) throw new PyTypeError(`'${type.name}' object is not callable`);
    return run(args, keywords, this);
  }

  text(value: unknown, wanted = 'str'): string {
    return needText(value, wanted, () => this.typeName(value));
  }

  index(value: unknown): number {
    return indexOf(value, () => this.typeName(value));
  }
}

/** What a result of an operator or a slice cost to make. */
function sizeOf(value: unknown): number {
  if (typeof value === 'number') return 1;
  if (Array.isArray(value)) return value.length * costs.item;
  if (value instanceof PyTuple) return value.items.length * costs.item;
  return Math.max(weightOf(value), 1);
}

/** What has to be read of a value to do anything with it: the characters of a text, the bits of a large number. */
function weightOf(value: unknown): number {
  switch (typeof value) {
    case 'string':
      return value.length;
    case 'bigint':
      return bitsOf(value);
    case 'object':
      if (value instanceof PyBytes) return value.bytes.length;
      return value instanceof PyMarkup ? value.text.length : 0;
    default:
      return 0;
  }
}

/** Its items are there, and need not be listed before they can be looked at. */
const isHeld = (value: unknown) =>
  typeof value === 'string' || Array.isArray(value) || value instanceof PyTuple || value instanceof PyBytes;

function missing(value: unknown, key: unknown, py: Python): Undefined {
  py.spend(costs.missing);
  if (value === null) return new Undefined(`'None' has no attribute ${py.repr(key)}`);
  if (typeof key !== 'string')
    return new Undefined(`${py.typeName(value)} object has no element ${py.repr(key)}`);
  return new Undefined(`'${py.typeName(value)} object' has no attribute ${py.repr(key)}`);
}

function unsafe(type: PyType, name: string): Undefined {
  return new Undefined(`access to attribute '${name}' of '${type.name}' object is unsafe.`, true);
}

/** The values of one evaluation. */
export function createPython(environment: Environment): Python {
  return new Evaluation(environment);
}
