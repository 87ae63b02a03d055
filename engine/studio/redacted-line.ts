import { isPlainObject } from '../util/json/json.ts';
import { toJsonText } from '../util/json/to-json-text.ts';
import type { ReadMessage } from './messages.ts';

const hidden = '****';

/** What comes from the API: there even names may say a secret. */
const fromOutside = new Set(['records', 'stateBefore', 'stateAfter']);

/** A message as a line of JSON without secrets: hidden inside of texts, so that whatever a secret looks like, it stays JSON. */
export function redactedLine(message: ReadMessage, redact: (text: string) => string): string {
  const line = toJsonText(message);
  // To look at all texts one by one costs more, and there is seldom anything in them. A timeline is numbers of our own.
  if (message.type === 'timeline' || redact(line) === line) return line;
  return toJsonText({ ...fieldsOf(message, false), type: message.type });

  function fieldsOf(object: object, isOutside: boolean): object {
    const entries = Object.entries(object).map(([name, item]) => [
      isOutside ? redact(name) : name,
      walk(item, isOutside || fromOutside.has(name)),
    ]);
    return Object.fromEntries(entries);
  }

  function walk(value: unknown, isOutside: boolean): unknown {
    if (typeof value === 'string') return redact(value);
    if (typeof value === 'number' || typeof value === 'bigint') {
      // A secret may be a number; one that only has its digits in it is another number.
      return isOutside && redact(String(value)) === hidden ? hidden : value;
    }
    if (Array.isArray(value)) return value.map((item) => walk(item, isOutside));
    return isPlainObject(value) ? fieldsOf(value, isOutside) : value;
  }
}
