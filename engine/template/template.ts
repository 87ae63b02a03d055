import type { Clock } from '../time/clock.ts';
import { PyTypeError, PythonError, PyValueError } from '../time/python-error.ts';
import { withNow } from './attributes.ts';
import { compileBody, type Render } from './compile.ts';
import type { Environment } from './environment.ts';
import { runFilter } from './filters.ts';
import { type Frame, limits } from './frame.ts';
import { globalNames, globalsOf } from './globals.ts';
import { literalEval, notLiteral } from './literal-eval.ts';
import { type NameUse, undeclaredNames } from './names.ts';
import { parseTemplate } from './parser.ts';
import { type Dict, dictOf, toPlainDict } from './python-dict.ts';
import { pyEquals } from './python-logic.ts';
import { isFloat, isInt, PyComplex, PySet, PyTuple, UndefinedError } from './python-types.ts';
import { TemplateError } from './template-error.ts';
import { runTest } from './tests.ts';

/** The types a template's result may be held to: AddFields' `value_type`, or what request parameters accept. */
export type ValueType = 'string' | 'number' | 'integer' | 'boolean';

/** Said once per distinct text: e.g. a TypeError made the raw template the result. */
export interface TemplateWarning {
  readonly text: string;
  readonly message: string;
  readonly offset?: number;
}

/** config, parameters, record, stream_slice, next_page_token, response, headers, last_record, … by name. */
export type TemplateContext = Record<string, unknown>;

export interface TemplateOptions {
  readonly clock: Clock;
  readonly onWarning?: (warning: TemplateWarning) => void;
}

export interface StringOptions {
  readonly default?: string;
  readonly valueType?: ValueType | 'request_params';
}

export interface Templates {
  string(text: string, options?: StringOptions): (context: TemplateContext) => unknown;
  boolean(text: string): (context: TemplateContext) => boolean;
  value(
    text: string,
    options?: { readonly valueType?: ValueType | 'request_params' },
  ): (context: TemplateContext) => unknown;
  mapping(
    object: Record<string, unknown>,
    options?: { readonly valueType?: 'request_params' },
  ): (context: TemplateContext) => Record<string, unknown>;
  nestedMapping(object: unknown): (context: TemplateContext) => unknown;
}

export interface TemplateInspection {
  readonly isPlain: boolean;
  readonly error?: { readonly message: string; readonly offset: number };
  readonly names: readonly { readonly name: string; readonly offset: number }[];
}

type Held = ValueType | 'request_params' | undefined;

/** A text, parsed and compiled; the error it has, if any, is thrown whenever it is evaluated. */
interface Parsed {
  readonly error: PythonError | undefined;
  readonly render: Render | undefined;
  /** The result where no context changes it. */
  readonly constant: string | undefined;
  readonly names: readonly NameUse[];
}

const parsedTexts = new Map<string, Parsed>();
const mostTexts = 20_000;

function parsed(text: string): Parsed {
  const known = parsedTexts.get(text);
  if (known !== undefined) return known;
  const made = parseText(text);
  if (parsedTexts.size >= mostTexts) parsedTexts.clear();
  parsedTexts.set(text, made);
  return made;
}

const unsupported =
  'The stream_state variable is not supported in templates; use stream_interval to get the start and end of a slice.';

function parseText(text: string): Parsed {
  if (text.includes('stream_state')) {
    return {
      error: new PythonError(unsupported, 'AirbyteTracedException'),
      render: undefined,
      constant: undefined,
      names: [],
    };
  }
  try {
    const body = parseTemplate(text);
    const names = undeclaredNames(body).filter(({ name }) => !globalNames.has(name));
    const isData = body.every((statement) => statement.type === 'data');
    const constant = isData
      ? body.map((statement) => (statement.type === 'data' ? statement.text : '')).join('')
      : undefined;
    return { error: undefined, render: compileBody(body), constant, names };
  } catch (error) {
    if (error instanceof PythonError) return { error, render: undefined, constant: undefined, names: [] };
    throw error;
  }
}

/** Whether a value passes a `valueType`; number means float only, integer lets booleans through. */
function holds(value: unknown, type: Held): boolean {
  switch (type) {
    case undefined:
      return !(value instanceof PyComplex);
    case 'string':
      return typeof value === 'string';
    case 'number':
      return isFloat(value);
    case 'integer':
      return isInt(value) || typeof value === 'boolean';
    case 'boolean':
      return typeof value === 'boolean';
    case 'request_params':
      return typeof value === 'string' || Array.isArray(value);
  }
}

function readBack(text: string | null, type: Held): unknown {
  if (text === null) return null;
  const value = literalEval(text);
  return value === notLiteral || !holds(value, type) ? text : value;
}

const aliases = ['stream_interval', 'stream_partition'] as const;

const falseTexts = new Set(['False', 'false', '{}', '[]', '()', '', '0', '0.0']);

function isFalse(value: unknown): boolean {
  if (typeof value === 'string') return falseTexts.has(value);
  if (value === null || value === false) return true;
  if (value instanceof PyTuple) return value.items.length === 0;
  if (value instanceof PySet) return value.members.size === 0;
  if (Array.isArray(value)) return value.length === 0;
  return pyEquals(value, false) || pyEquals(value, {});
}

/** Compiles templates against one clock; distinct texts are parsed once per process. */
export function createTemplates(options: TemplateOptions): Templates {
  const { clock, onWarning } = options;
  const environment: Environment = {
    now: () => clock.now(),
    filter: (name, args, keywords) => runFilter(name, args, keywords, environment),
    test: (name, args, keywords) => runTest(name, args, keywords, environment),
  };
  const globals = globalsOf(environment);
  const warned = new Set<string>();

  /** The rendered text; the raw template when a TypeError came up, as the language has it. */
  function render(text: string, compiled: Parsed, context: TemplateContext): string {
    if (compiled.error !== undefined) throw compiled.error;
    for (const alias of aliases) {
      if (Object.hasOwn(context, alias)) {
        throw new PyValueError(`Found reserved keyword ${alias} in interpolation context.`);
      }
    }
    if (compiled.names.some(({ name }) => !isGiven(context, name))) {
      const missing = compiled.names.filter(({ name }) => !isGiven(context, name));
      const names = missing.map(({ name }) => name).sort();
      throw new PyValueError(`Jinja macro has undeclared variables: ${names.join(', ')}`);
    }
    if (compiled.constant !== undefined) return compiled.constant;
    const out: string[] = [];
    const run = {
      context,
      globals,
      environment,
      depth: 0,
      rounds: limits.rounds,
      characters: limits.characters,
    };
    const frame: Frame = { run, parent: undefined, variables: undefined };
    try {
      withNow(environment.now, () => compiled.render?.(frame, out));
    } catch (error) {
      if (error instanceof RangeError)
        throw new PythonError(`the template recurses too deeply`, 'RecursionError');
      if (!(error instanceof PyTypeError)) throw error;
      warn(text, error);
      return text;
    }
    return out.length === 1 ? (out[0] ?? '') : out.join('');
  }

  function warn(text: string, error: PythonError): void {
    if (onWarning === undefined || warned.has(text)) return;
    warned.add(text);
    onWarning({ text, message: `${error.pythonClass}: ${error.message}; the template itself is the result` });
  }

  /** JinjaInterpolation.eval: empty results and undefined errors lead to the default. */
  function evaluate(
    text: string,
    compiled: Parsed,
    context: TemplateContext,
    fallback: string | null,
    type: Held,
  ): unknown {
    try {
      const result = render(text, compiled, context);
      if (result !== '') return readBack(result, type);
    } catch (error) {
      if (!(error instanceof UndefinedError) || error.pythonClass !== 'UndefinedError') throw error;
    }
    return readBack(fallback === null ? null : render(fallback, parsed(fallback), context), type);
  }

  /** Evaluates once at compile time where the context has no say. */
  function folded(text: string, fallback: string | null, type: Held): (context: TemplateContext) => unknown {
    const compiled = parsed(text);
    if (
      compiled.constant !== undefined &&
      (compiled.constant !== '' || fallback === null || fallback === text)
    ) {
      const value = compiled.constant === '' && fallback === null ? null : readBack(compiled.constant, type);
      if (value === null || typeof value !== 'object') return () => value;
    }
    return (context) => evaluate(text, compiled, context, fallback, type);
  }

  const templates: Templates = {
    string(text, { default: fallback, valueType } = {}) {
      const read = folded(text, fallback === undefined || fallback === '' ? text : fallback, valueType);
      // An object whose first result is its own text never looks at a context again.
      let state: 'new' | 'plain' | 'template' = 'new';
      return (context) => {
        if (state === 'plain') return text;
        const value = read(context);
        if (state === 'new') state = value === text ? 'plain' : 'template';
        return value;
      };
    },
    boolean(text) {
      const read = folded(text, 'False', undefined);
      return (context) => !isFalse(read(context));
    },
    value: (text, { valueType } = {}) => folded(text, null, valueType),
    mapping(object, { valueType } = {}) {
      const entries = Object.entries(object).map(([key, value]) => ({
        key: folded(key, null, 'string'),
        value: typeof value === 'string' ? folded(value, null, valueType) : () => value,
      }));
      return (context) => {
        const made = toPlainDict(
          dictOf(entries.map(({ key, value }) => [keyOf(key(context)), value(context)] as const)),
        );
        return made as Record<string, unknown>;
      };
    },
    nestedMapping(object) {
      if (typeof object === 'string') return folded(object, null, undefined);
      if (Array.isArray(object)) {
        const items = object.map((item) => templates.nestedMapping(item));
        return (context) => items.map((item) => item(context));
      }
      if (typeof object !== 'object' || object === null) return () => object;
      const entries = Object.entries(object).map(([key, value]) => ({
        key: folded(key, null, undefined),
        value: templates.nestedMapping(value),
      }));
      return (context): Dict => {
        const made = entries.map(({ key, value }) => [key(context), value(context)] as const);
        return toPlainDict(dictOf(made.filter(([, value]) => value !== null)));
      };
    },
  };
  return Object.freeze(templates);
}

/** A key that is nothing: Python has None, a plain object its text. */
function keyOf(key: unknown): unknown {
  return key === null ? 'None' : key;
}

function isGiven(context: TemplateContext, name: string): boolean {
  if (name === 'stream_interval' || name === 'stream_partition')
    return Object.hasOwn(context, 'stream_slice');
  return name === 'config' || name === 'parameters' || Object.hasOwn(context, name);
}

/** Parses without evaluating: the error with its offset in the text, and the names taken from the context. Never throws. */
export function inspectTemplate(text: string): TemplateInspection {
  const isPlain = !/\{[{%#]/.test(text);
  const { error, names } = parsed(text);
  if (error === undefined) return { isPlain, names };
  const offset = error instanceof TemplateError ? error.offset : Math.max(text.indexOf('stream_state'), 0);
  return { isPlain, error: { message: error.message, offset }, names };
}
