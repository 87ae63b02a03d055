import { ConnectorError } from '../../error/connector-error.ts';
import { glob } from '../../util/text/glob.ts';

/** Which streams are read, and which of their fields are kept. */
export interface Selection {
  keepsStream(stream: string): boolean;
  keepsField(stream: string, field: string): boolean;
  /** Patterns that are given and fit none of these streams. */
  idle(streams: readonly string[]): readonly string[];
  /** Patterns of fields that have fitted none of those that were asked for. */
  unused(): readonly string[];
}

interface Pattern {
  readonly text: string;
  readonly excludes: boolean;
  readonly stream: RegExp;
  /** Undefined when it is about whole streams. */
  readonly field: RegExp | undefined;
}

/**
 * Patterns such as `contacts`, `contacts.*`, `contacts.email`, `*.custom_*`, and with an exclamation mark before them what
 * is left out. A field is kept when no pattern leaves it out, and either one names it or none of its stream names fields.
 */
export function readSelection(texts: readonly string[]): Selection {
  const patterns = texts.map(readPattern);
  const including = patterns.filter(({ excludes }) => !excludes);
  const excluding = patterns.filter(({ excludes }) => excludes);
  const used = new Set<Pattern>();
  const fits = (pattern: Pattern, field: string) => {
    const isFit = pattern.field?.test(field) ?? true;
    if (isFit) used.add(pattern);
    return isFit;
  };
  return {
    keepsStream: (stream) =>
      (including.length === 0 || including.some((pattern) => pattern.stream.test(stream))) &&
      !excluding.some((pattern) => pattern.field === undefined && pattern.stream.test(stream)),
    keepsField(stream, field) {
      const mine = (pattern: Pattern) => pattern.stream.test(stream);
      if (excluding.filter(mine).some((pattern) => pattern.field !== undefined && fits(pattern, field)))
        return false;
      const wanted = including.filter(mine);
      return wanted.length === 0 || wanted.filter((pattern) => fits(pattern, field)).length > 0;
    },
    unused: () =>
      patterns.filter((pattern) => pattern.field !== undefined && !used.has(pattern)).map(({ text }) => text),
    idle: (streams) =>
      patterns
        .filter((pattern) => !streams.some((stream) => pattern.stream.test(stream)))
        .map(({ text }) => text),
  };
}

function readPattern(text: string): Pattern {
  const excludes = text.startsWith('!');
  const body = excludes ? text.slice(1) : text;
  const dot = body.indexOf('.');
  const stream = dot < 0 ? body : body.slice(0, dot);
  const field = dot < 0 ? undefined : body.slice(dot + 1);
  if (stream === '' || field === '')
    throw new ConnectorError(
      `--select ${JSON.stringify(text)} is no pattern. Give STREAM.FIELD, such as contacts.* or contacts.email, with "!" before what is left out.`,
      { kind: 'config_error' },
    );
  return {
    text,
    excludes,
    stream: glob(stream),
    field: field === undefined || (field === '*' && !excludes) ? undefined : glob(field),
  };
}
