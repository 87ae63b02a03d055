import { PyDuration, PyFloat, PythonError, PyValueError } from '../../engine/template/python-values.ts';
import type { ValueType } from '../../engine/template/read-back.ts';
import { createTemplates, type TemplateContext, type Templates } from '../../engine/template/template.ts';
import type { Clock } from '../../engine/time/clock.ts';
import type { PyDateTime } from '../../engine/time/datetime.ts';
import { formatDatetime, parseDatetime, type TimeInput } from '../../engine/time/datetime-format.ts';
import { addDuration, parseDuration, subtractDuration } from '../../engine/time/duration.ts';
import { isoparse } from '../../engine/time/isoparse.ts';
import { strptime } from '../../engine/time/strptime.ts';
import { slices } from './slices.ts';
import { canonical, pyType, revive } from './values.ts';

export interface Vector {
  readonly id?: string;
  readonly kind: string;
  readonly template: unknown;
  readonly context: unknown;
  readonly options: Readonly<Record<string, unknown>>;
  readonly expect: unknown;
  readonly [name: string]: unknown;
}

/** The differences of one vector: none when it passes. `skip`: nobody can run this kind yet. */
export type Handler = (vector: Vector) => readonly string[] | 'skip' | Promise<readonly string[] | 'skip'>;

const defaultNow = '2026-01-15T12:00:00Z';

function clockOf(vector: Vector): Clock {
  const now = Date.parse(String(vector.options.now ?? defaultNow));
  return { now: () => now, sleep: async () => {} };
}

interface Expected {
  readonly value?: unknown;
  readonly py_type?: string | undefined;
  readonly error?: { readonly class: string; readonly message: string };
}

function errorClass(error: unknown): string {
  if (error instanceof PythonError) return error.pythonClass;
  return error instanceof Error
    ? `JavaScript ${error.name}: ${error.stack?.split('\n').slice(0, 3).join(' ')}`
    : String(error);
}

/** Compares a value (with its type) or the class of an error. */
function differences(what: string, expected: Expected, evaluate: () => unknown): string[] {
  let made: unknown;
  try {
    made = evaluate();
  } catch (error) {
    if (expected.error?.class === errorClass(error)) return [];
    const wanted = expected.error === undefined ? canonical(revive(expected.value)) : expected.error.class;
    return [
      `${what}: wanted ${wanted}, got ${errorClass(error)} ${error instanceof Error ? error.message : ''}`,
    ];
  }
  if (expected.error !== undefined)
    return [`${what}: wanted ${expected.error.class}, got ${canonical(made)}`];
  const wanted = canonical(revive(expected.value));
  const isTyped =
    expected.py_type === undefined || expected.py_type === 'timedelta' || pyType(made) === expected.py_type;
  if (wanted === canonical(made) && isTyped) return [];
  return [`${what}: wanted ${expected.py_type} ${wanted}, got ${canonical(made)}`];
}

/** A context as the engine gets it; config and parameters are always there. */
function contextOf(context: unknown): TemplateContext {
  return { parameters: {}, config: {}, ...(revive(context) as TemplateContext) };
}

const templatesOf = (vector: Vector): Templates => createTemplates({ clock: clockOf(vector) });

const string: Handler = (vector) => {
  const text = String(vector.template);
  const templates = templatesOf(vector);
  const fallback = vector.options.default;
  const options = { default: typeof fallback === 'string' ? fallback : undefined };
  const context = contextOf(vector.context);
  const out = differences('string', vector.expect as Expected, () =>
    templates.string(text, options)(context),
  );
  const after = (vector.context_after ?? {}) as Record<string, unknown>;
  for (const [name, value] of Object.entries(after)) {
    if (canonical(context[name]) !== canonical(revive(value)))
      out.push(`${name} afterwards: ${canonical(context[name])}`);
  }
  const noDefault = (vector.expect_no_default ?? vector.expect) as Expected;
  if (fallback === undefined) {
    out.push(...differences('value', noDefault, () => templates.value(text)(contextOf(vector.context))));
  }
  for (const [type, expected] of Object.entries((vector.expect_typed ?? {}) as Record<string, Expected>)) {
    const evaluate = () =>
      type === 'request_params'
        ? templates.value(text, { valueType: type })(contextOf(vector.context))
        : templates.string(text, { ...options, valueType: type as ValueType })(contextOf(vector.context));
    out.push(...differences(type, expected, evaluate));
  }
  return out;
};

const boolean: Handler = (vector) =>
  differences('boolean', vector.expect as Expected, () =>
    templatesOf(vector).boolean(String(vector.template))(contextOf(vector.context)),
  );

const sequence: Handler = (vector) => {
  const templates = templatesOf(vector);
  const contexts = vector.context as unknown[];
  const [text, flag] = [
    templates.string(String(vector.template)),
    templates.boolean(String(vector.template)),
  ];
  const flags = (vector.expect_boolean ?? []) as Expected[];
  return [
    ...(vector.expect as Expected[]).flatMap((expected, index) =>
      differences(`string ${index}`, expected, () => text(contextOf(contexts[index]))),
    ),
    ...flags.flatMap((expected, index) =>
      differences(`boolean ${index}`, expected, () => flag(contextOf(contexts[index]))),
    ),
  ];
};

/** A missing key is None in Python, its text in a plain object. */
function withTextKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withTextKeys);
  if (typeof value !== 'object' || value === null) return value;
  const tagged = value as Record<string, unknown>;
  if (
    tagged.$py === 'dict' &&
    (tagged.items as unknown[][]).every(([key]) => key === null || typeof key === 'string')
  ) {
    return Object.fromEntries(
      (tagged.items as unknown[][]).map(([key, item]) => [key === null ? 'None' : key, withTextKeys(item)]),
    );
  }
  return value;
}

const mapping: Handler = (vector) => {
  const expected = vector.expect as Expected;
  const options =
    vector.options.valid_value_types === 'request_params' ? ({ valueType: 'request_params' } as const) : {};
  return differences('mapping', { ...expected, value: withTextKeys(expected.value) }, () =>
    templatesOf(vector).mapping(
      vector.template as Record<string, unknown>,
      options,
    )(contextOf(vector.context)),
  );
};

const nestedMapping: Handler = (vector) =>
  differences('nested mapping', vector.expect as Expected, () =>
    templatesOf(vector).nestedMapping(revive(vector.template))(contextOf(vector.context)),
  );

function fieldsOf(vector: Vector): Record<string, unknown> {
  return revive(vector.context) as Record<string, unknown>;
}

const input = (value: unknown): TimeInput => (value instanceof PyFloat ? value.value : (value as TimeInput));

function parseAny(value: unknown, formats: readonly string[]): PyDateTime {
  for (const format of formats) {
    try {
      return parseDatetime(input(value), format);
    } catch (error) {
      if (!(error instanceof PyValueError)) throw error;
    }
  }
  throw new PyValueError(`No format in ${formats.join(', ')} matching ${String(value)}`);
}

const datetimeParse: Handler = (vector) => {
  const context = fieldsOf(vector);
  const expected = vector.expect as Expected & { readonly epoch_us?: string };
  const parse = () =>
    vector.options.via === 'cursor'
      ? parseAny(context.input, [
          ...(context.cursor_datetime_formats as string[]),
          String(context.datetime_format),
        ])
      : parseDatetime(input(context.input), String(context.format));
  const out = differences('isoformat', { ...expected, py_type: undefined }, () => parse().isoformat());
  if (
    out.length === 0 &&
    expected.epoch_us !== undefined &&
    parse().epochMicroseconds !== BigInt(expected.epoch_us)
  ) {
    out.push(`epoch: wanted ${expected.epoch_us}, got ${parse().epochMicroseconds}`);
  }
  return out;
};

const datetimeFormat: Handler = (vector) => {
  const context = fieldsOf(vector);
  return differences('format', vector.expect as Expected, () =>
    formatDatetime(fromIsoformat(String(context.datetime)), String(context.format)),
  );
};

/** What datetime.isoformat() wrote; offsets may have seconds there. */
function fromIsoformat(text: string): PyDateTime {
  const fraction = text.includes('.') ? '.%f' : '';
  return strptime(text, `%Y-%m-%dT%H:%M:%S${fraction}${/T.*[+-]/.test(text) ? '%z' : ''}`);
}

const duration: Handler = (vector) => {
  const expected = vector.expect as Expected;
  const evaluate = () =>
    describeDuration(String(fieldsOf(vector).input), (expected.value ?? {}) as Record<string, unknown>);
  return differences('duration', { ...expected, py_type: undefined }, evaluate);
};

function describeDuration(text: string, wanted: Record<string, unknown>): unknown {
  const made = parseDuration(text);
  const isDuration = made instanceof PyDuration;
  const rest = isDuration ? made.rest : made;
  const out: Record<string, unknown> = {};
  for (const key of Object.keys(wanted)) {
    if (key === 'class') out[key] = isDuration ? 'Duration' : 'timedelta';
    else if (key === 'str') out[key] = made.toString();
    else if (key === 'total_seconds' || key === 'rest_seconds')
      out[key] = Number.isInteger(rest.totalSeconds())
        ? new PyFloat(rest.totalSeconds())
        : rest.totalSeconds();
    else if (key === 'total_microseconds') out[key] = rest.microseconds.toString();
    else if (key === 'applied')
      out[key] = (wanted[key] as Record<string, string>[]).map((each) => apply(made, each));
    else
      out[key] =
        isDuration && (key === 'years' || key === 'months')
          ? fractionless(made[key], wanted[key])
          : wanted[key];
  }
  return out;
}

/** Years and months are decimals in Python, which keep their zeros: `P1.0Y` has 1.0 of them. */
const fractionless = (value: number, like: unknown) =>
  typeof like !== 'string' ? value : Number(like) === value ? like : String(value);

function apply(
  made: ReturnType<typeof parseDuration>,
  { base = '', op = '+', error, result }: Record<string, unknown>,
) {
  try {
    const at = isoparse(String(base));
    const moved = op === '+' ? addDuration(at, made) : subtractDuration(at, made);
    return { base, op, result: moved.isoformat() };
  } catch (thrown) {
    const wanted = (error ?? (result as Record<string, unknown> | undefined)?.error) as
      | { class?: string }
      | string
      | undefined;
    const name = errorClass(thrown);
    if (error !== undefined)
      return {
        base,
        op,
        error: (typeof wanted === 'string' ? wanted : wanted?.class) === name ? error : name,
      };
    return {
      base,
      op,
      result: wanted !== undefined && typeof wanted !== 'string' && wanted.class === name ? result : name,
    };
  }
}

export const kinds: Readonly<Record<string, Handler>> = {
  string,
  boolean,
  string_sequence: sequence,
  mapping,
  nested_mapping: nestedMapping,
  datetime_parse: datetimeParse,
  datetime_format: datetimeFormat,
  duration,
  slices,
};
