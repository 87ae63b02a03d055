import { RecordTooLongError } from '../bytes/record-too-long.ts';
import { parseJson } from './parse-json.ts';

/** Finds the items of one array in a JSON text that comes in pieces, without keeping the text. */
export interface JsonItemScanner {
  /** The items that are complete now, parsed. Throws SyntaxError, and RecordTooLongError. */
  push(text: string): unknown[];
  /** Throws SyntaxError when the text ended too early. */
  end(): void;
  /** The array has come, be it empty. */
  hasFound(): boolean;
}

interface Container {
  readonly isArray: boolean;
  /** Path of the values inside an array; of an object it is the object's own path. */
  readonly path: string;
}

const whitespace = /\s/;

/**
 * `path` is written with dots and without a final `item` (`data.users`); a step through an outer array is `item`
 * (`data.item.users`), as in Python's ijson. Everything beside the path is skipped without being parsed. An item or a key
 * may have `longest` characters.
 */
export function createJsonItemScanner(path: string, longest = Number.POSITIVE_INFINITY): JsonItemScanner {
  const wanted = `${path}.item`;
  const stack: Container[] = [];
  /** Path of the value that comes next. */
  let next = '';
  /** The text of a key so far, as written. */
  let key = '';
  let state: 'value' | 'key' | 'after-key' | 'item' | 'skip' = 'value';
  /** A key and its colon have been read: the next token starts its value. */
  let isValueDue = false;
  /** Nesting inside the item or the skipped value being read, and whether a string is open. */
  let depth = 0;
  let isInString = false;
  let isEscaped = false;
  let item = '';
  let hasEnded = false;
  let hasFound = false;
  let count = 0;

  function push(text: string): unknown[] {
    const items: unknown[] = [];
    let at = 0;
    while (at < text.length) {
      if (state === 'item' || state === 'skip') {
        const end = endOfValue(text, at);
        if (state === 'item') item += text.slice(at, end === -1 ? text.length : end);
        if (item.length > longest) throw new RecordTooLongError(longest, count);
        if (end === -1) return items;
        at = end;
        if (state === 'item') {
          items.push(parseJson(item));
          count++;
        }
        item = '';
        state = 'value';
        continue;
      }
      const char = text[at] as string;
      if (state === 'key') {
        at = readKey(text, at);
        continue;
      }
      at++;
      if (whitespace.test(char)) continue;
      structure(char, () => at--);
    }
    return items;
  }

  function structure(char: string, unread: () => void): void {
    const top = stack.at(-1);
    if (char === '}' || char === ']') {
      if (stack.pop()?.isArray !== (char === ']')) throw new SyntaxError(`Unexpected "${char}" in JSON.`);
      hasEnded = stack.length === 0;
    } else if (char === ',') {
      if (top === undefined) throw new SyntaxError('Unexpected "," in JSON.');
    } else if (state === 'after-key') {
      if (char !== ':') throw new SyntaxError(`Expected ":" in JSON, not "${char}".`);
      state = 'value';
      isValueDue = true;
    } else if (top !== undefined && !top.isArray && !isValueDue) {
      if (char !== '"') throw new SyntaxError(`Expected a key in JSON, not "${char}".`);
      state = 'key';
      key = '';
    } else {
      if (top?.isArray) next = top.path;
      isValueDue = false;
      begin(char, unread);
    }
  }

  function begin(char: string, unread: () => void): void {
    const isContainer = char === '{' || char === '[';
    if (isContainer && next !== wanted && leadsOn(next)) {
      const here = char === '[' ? join(next, 'item') : next;
      stack.push({ isArray: char === '[', path: here });
      hasFound ||= char === '[' && here === wanted;
      return;
    }
    state = next === wanted ? 'item' : 'skip';
    depth = 0;
    unread();
  }

  function leadsOn(here: string): boolean {
    return here === '' || wanted.startsWith(`${here}.`);
  }

  function readKey(text: string, start: number): number {
    for (let at = start; at < text.length; at++) {
      const char = text[at] as string;
      if (isEscaped) isEscaped = false;
      else if (char === '\\') isEscaped = true;
      else if (char === '"') {
        key += text.slice(start, at);
        next = join(stack.at(-1)?.path ?? '', String(JSON.parse(`"${key}"`)));
        state = 'after-key';
        return at + 1;
      }
    }
    key += text.slice(start);
    if (key.length > longest) throw new RecordTooLongError(longest, count);
    return text.length;
  }

  /** Where the value that is being read ends, or -1. A scalar ends before the character that follows it. */
  function endOfValue(text: string, start: number): number {
    for (let at = start; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (isInString) {
        if (isEscaped) isEscaped = false;
        else if (code === 92) isEscaped = true;
        else if (code === 34) {
          isInString = false;
          if (depth === 0) return at + 1;
        }
      } else if (code === 34) {
        isInString = true;
      } else if (code === 123 || code === 91) {
        depth++;
      } else if (code === 125 || code === 93) {
        if (depth === 0) return at;
        if (--depth === 0) return at + 1;
      } else if (code === 44 && depth === 0) {
        return at;
      }
    }
    return -1;
  }

  return {
    push,
    hasFound: () => hasFound,
    end() {
      if (!hasEnded) throw new SyntaxError('The JSON text ends too early.');
    },
  };
}

function join(path: string, step: string): string {
  return path === '' ? step : `${path}.${step}`;
}
