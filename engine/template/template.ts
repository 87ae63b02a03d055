import type { Clock } from '../time/clock.ts';
import { PyTypeError, PythonError, PyValueError } from '../time/python-error.ts';
import { mayChoose } from './branches.ts';
import { runFilter } from './builtins/filters.ts';
import { globals } from './builtins/globals.ts';
import { runTest } from './builtins/tests.ts';
import type { Arm, Branching, Frame, OnBranch, Run } from './compile/frame.ts';
import { type ParsedTemplate, parsedTemplate } from './compile/parsed-template.ts';
import { outside } from './methods/outside.ts';
import { createPython } from './methods/python.ts';
import { type HeldType, isFalse, readBack, type ValueType } from './read-back.ts';
import { TemplateError } from './syntax/template-error.ts';
import { limits } from './values/budget.ts';
import { type Dict, dictOf, isDict, toPlainDict } from './values/dict.ts';
import type { Environment } from './values/python.ts';
import { UndefinedError } from './values/undefined.ts';

/** Given once per distinct text, e.g. when a TypeError made the raw template the result. */
export interface TemplateWarning {
  readonly text: string;
  readonly message: string;
  readonly offset?: number;
}

/** config, parameters, record, stream_slice, next_page_token, response, headers, last_record, … by name. */
export type TemplateContext = Record<string, unknown>;

export interface TemplateOptions {
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random?: () => number;
  /** How much one evaluation may work, in the units of `values/budget.ts`; about a second's by default. */
  readonly work?: number;
  readonly onWarning?: (warning: TemplateWarning) => void;
  readonly onBranch?: (branch: TakenBranch) => void;
}

/** Which way the rendering of a template went at one of its choices. */
export interface TakenBranch {
  readonly text: string;
  readonly offset: number;
  readonly of: Branching;
  readonly arm: Arm;
}

export interface StringOptions {
  readonly default?: string | undefined;
  readonly valueType?: ValueType | 'request_params';
}

export interface Templates {
  /** The same, with one who is told of every choice that a rendering makes. */
  watched(onBranch: (branch: TakenBranch) => void): Templates;
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
  /** With `keepsTexts`, a text without a template in it is what was written: `'478'` is no number. An object is one. */
  nestedMapping(
    object: unknown,
    options?: { readonly keepsTexts?: boolean },
  ): (context: TemplateContext) => unknown;
  /** As `string`, but a template that only looks up a text gives that text, whatever it looks like. */
  copy(text: string): (context: TemplateContext) => unknown;
}

export interface TemplateInspection {
  readonly isPlain: boolean;
  readonly error?: { readonly message: string; readonly offset: number };
  readonly names: readonly { readonly name: string; readonly offset: number }[];
}

interface Compiled {
  readonly text: string;
  readonly compiled: ParsedTemplate;
  /** A template whose result replaces an empty one; null for None. */
  readonly fallback: string | null;
  readonly type: HeldType;
}

const aliases = ['stream_interval', 'stream_partition'] as const;

/** Compiles templates against one clock; distinct texts are parsed once per process. */
export function createTemplates(options: TemplateOptions): Templates {
  const { clock, onWarning, onBranch } = options;
  const environment: Environment = {
    now: () => clock.now(),
    random: options.random ?? Math.random,
    filter: runFilter,
    test: runTest,
    work: options.work ?? limits.work,
  };
  const warned = new Set<string>();

  /** The rendered text; or the raw template after a TypeError, which is the rule of the language. */
  function render(text: string, compiled: ParsedTemplate, context: TemplateContext): string {
    if (compiled.error !== undefined) throw compiled.error;
    for (const alias of aliases) {
      if (Object.hasOwn(context, alias)) {
        throw new PyValueError(`Found reserved keyword ${alias} in interpolation context.`);
      }
    }
    if (!areGiven(context, compiled.names)) {
      const missing = compiled.names.filter(({ name }) => !isGiven(context, name));
      const names = missing.map(({ name }) => name).sort();
      throw new PyValueError(`Jinja macro has undeclared variables: ${names.join(', ')}`);
    }
    if (compiled.constant !== undefined) return compiled.constant;
    const out: string[] = [];
    const frame: Frame = { run: newRun(context, branchesOf(text)), parent: undefined, variables: undefined };
    try {
      compiled.render?.(frame, out);
    } catch (error) {
      if (error instanceof RangeError) throw beyondLimits(error);
      if (!(error instanceof PyTypeError)) throw error;
      warn(text, error);
      return text;
    }
    return out.length === 1 ? (out[0] ?? '') : out.join('');
  }

  function branchesOf(text: string): OnBranch | undefined {
    return onBranch && ((offset, of, arm) => onBranch({ text, offset, of, arm }));
  }

  function newRun(context: TemplateContext, onBranch?: OnBranch): Run {
    return { context, globals, py: createPython(environment), depth: 0, onBranch };
  }

  function warn(text: string, error: PythonError): void {
    if (onWarning === undefined || warned.has(text)) return;
    warned.add(text);
    onWarning({ text, message: `${error.pythonClass}: ${error.message}; the template itself is the result` });
  }

  /** JinjaInterpolation.eval: empty results and undefined errors lead to the default. */
  function evaluate({ text, compiled, fallback, type }: Compiled, context: TemplateContext): unknown {
    try {
      const result = render(text, compiled, context);
      if (result !== '') return readBack(result, type);
    } catch (error) {
      if (!(error instanceof UndefinedError) || error.pythonClass !== 'UndefinedError') throw error;
    }
    return readBack(fallback === null ? null : render(fallback, parsedTemplate(fallback), context), type);
  }

  /** Evaluates once, at compile time, where the context makes no difference. */
  function folded(
    text: string,
    fallback: string | null,
    type: HeldType,
  ): (context: TemplateContext) => unknown {
    const compiled = parsedTemplate(text);
    if (
      compiled.constant !== undefined &&
      (compiled.constant !== '' || fallback === null || fallback === text)
    ) {
      const value = compiled.constant === '' && fallback === null ? null : readBack(compiled.constant, type);
      if (value === null || typeof value !== 'object') return () => value;
    }
    const template: Compiled = { text, compiled, fallback, type };
    const read = (context: TemplateContext) => evaluate(template, context);
    const isOfConfig =
      compiled.isOfConfig === true && (fallback === null || parsedTemplate(fallback).isOfConfig === true);
    const isHeard = onBranch !== undefined && (mayChoose(text) || mayChoose(fallback ?? ''));
    return isOfConfig && !isHeard ? oncePerConfig(read) : read;
  }

  const templates: Templates = {
    watched: (onBranch) => createTemplates({ ...options, onBranch }),
    string(text, { default: fallback, valueType } = {}) {
      const read = folded(text, fallback === undefined || fallback === '' ? text : fallback, valueType);
      // If the first result is the text itself, the CDK never looks at a context again.
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
          dictOf(
            entries.map(({ key, value }) => [keyOf(key(context)), value(context)] as const),
            outside(),
          ),
        );
        return made as Record<string, unknown>;
      };
    },
    nestedMapping(object, options = {}) {
      if (typeof object === 'string') {
        const read = folded(object, null, undefined);
        const isKept =
          options.keepsTexts === true &&
          object !== '' &&
          parsedTemplate(object).constant === object &&
          // Who writes an object in quotes wants the object.
          !(/^\s*[[{]/.test(object) && hasObject(read({})));
        return isKept ? () => object : read;
      }
      if (Array.isArray(object)) {
        const items = object.map((item) => templates.nestedMapping(item, options));
        return (context) => items.map((item) => item(context));
      }
      if (typeof object !== 'object' || object === null) return () => object;
      const entries = Object.entries(object).map(([key, value]) => ({
        key: folded(key, null, undefined),
        value: templates.nestedMapping(value, options),
      }));
      return (context): Dict => {
        const made = entries.map(({ key, value }) => [key(context), value(context)] as const);
        return toPlainDict(
          dictOf(
            made.filter(([, value]) => value !== null),
            outside(),
          ),
        );
      };
    },
    copy(text) {
      const { lookup } = parsedTemplate(text);
      const read = templates.string(text);
      if (lookup === undefined) return read;
      return (context) => {
        const found = lookup({ run: newRun(context), parent: undefined, variables: undefined });
        return typeof found === 'string' && found !== '' ? found : read(context);
      };
    },
  };
  return Object.freeze(templates);
}

/** Evaluates again only for another config or other parameters: the URL of an API is asked for with every request. */
function oncePerConfig(read: (context: TemplateContext) => unknown): (context: TemplateContext) => unknown {
  let known: { readonly config: unknown; readonly parameters: unknown; readonly value: unknown } | undefined;
  return (context) => {
    const { config, parameters } = context;
    if (known?.config === config && known?.parameters === parameters && known !== undefined)
      return known.value;
    const value = read(context);
    // A list or an object belongs to whoever asked for it.
    known = typeof value === 'object' && value !== null ? undefined : { config, parameters, value };
    return value;
  };
}

/** What JavaScript itself cannot hold. */
function beyondLimits({ message }: RangeError): PythonError {
  return message.startsWith('Maximum call stack')
    ? new PythonError('the template recurses too deeply', 'RecursionError')
    : new PythonError('a text or a number would grow too large', 'OverflowError');
}

/** An object, or a list with one. */
export function hasObject(value: unknown): boolean {
  return Array.isArray(value) ? value.some(hasObject) : isDict(value);
}

/** An empty key is None in Python, and its text in a plain object. */
function keyOf(key: unknown): unknown {
  return key === null ? 'None' : key;
}

/** A loop, since every rendering asks. */
function areGiven(context: TemplateContext, names: ParsedTemplate['names']): boolean {
  for (const { name } of names) if (!isGiven(context, name)) return false;
  return true;
}

function isGiven(context: TemplateContext, name: string): boolean {
  if (name === 'stream_interval' || name === 'stream_partition')
    return Object.hasOwn(context, 'stream_slice');
  return name === 'config' || name === 'parameters' || Object.hasOwn(context, name);
}

/** Parses without evaluating: the error with its offset in the text, and the names taken from the context. Never throws. */
export function inspectTemplate(text: string): TemplateInspection {
  const isPlain = !/\{[{%#]/.test(text);
  const { error, names } = parsedTemplate(text);
  if (error === undefined) return { isPlain, names };
  const offset = error instanceof TemplateError ? error.offset : Math.max(text.indexOf('stream_state'), 0);
  const hint = error instanceof TemplateError ? error.hint : '';
  return { isPlain, error: { message: error.message + hint, offset }, names };
}
