import type { Place, ScalarStyle, Source } from '../error/place.ts';
import { type ManifestNode, type MappingEntry, pointerStep, type ScalarNode } from './node.ts';
import { resolvePlain } from './plain-scalar.ts';

// JSON on a line of its own field, as tests hold answers and schemas hold examples, is most of many a text. YAML reads
// it as JSON does, and a reader of JSON does so in a tenth of the time.

/** A text in which JSON is hidden behind a plain scalar of the same length. */
export interface Masked {
  readonly text: string;
  /** Where each piece of JSON begins. */
  readonly starts: ReadonlySet<number>;
}

const line = /^ *(?:- )*(?:[A-Za-z_][\w.-]*: )?(?=[[{]["\d[{\]}-])(.*[\]}])$/gm;

/** Hides what is JSON by the look of its line: it may lie in a text over several lines, which its reader finds out. */
export function maskJson(text: string): Masked {
  const starts = new Set<number>();
  const parts: string[] = [];
  let end = 0;
  for (const { 0: whole, 1: json = '', index } of text.matchAll(line)) {
    if (!isJson(json)) continue;
    const start = index + whole.length - json.length;
    starts.add(start);
    parts.push(text.slice(end, start), 'x'.repeat(json.length));
    end = start + json.length;
  }
  return { text: end === 0 ? text : parts.join('') + text.slice(end), starts };
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** More levels are left to the reader of YAML, which counts them. */
const mostLevels = 50;

const number = /-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?/y;
const word = /true|false|null/y;
const string = /"(?:[^"\\]|\\.)*"/y;

/**
 * The node of the JSON at an offset of a source, with the places and values that the reader of YAML would give it.
 * Undefined for what is not the same in both, such as a name that occurs twice.
 */
export function readJsonFlow(
  source: Source & { readonly text: string },
  offset: number,
  pointer: string,
): ManifestNode | undefined {
  const { text } = source;
  let at = offset;

  function skipSpaces(): void {
    while (text[at] === ' ') at += 1;
  }

  /** Moves behind what is next, if it is that. */
  function took(character: string): boolean {
    skipSpaces();
    if (text[at] !== character) return false;
    at += 1;
    return true;
  }

  function matched(pattern: RegExp): string | undefined {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0];
    at += found?.length ?? 0;
    return found;
  }

  function placed(start: number, own: string, style: ScalarStyle): Place {
    return { source, start, end: at, pointer: own, style };
  }

  function readText(own: string): ScalarNode | undefined {
    const start = at;
    const written = matched(string);
    if (written === undefined) return undefined;
    const value = written.includes('\\') ? String(JSON.parse(written)) : written.slice(1, -1);
    return { kind: 'scalar', value, place: placed(start, own, 'double') };
  }

  function readPlain(own: string): ScalarNode | undefined {
    const start = at;
    const written = matched(word) ?? matched(number);
    if (written === undefined) return undefined;
    const place = placed(start, own, 'plain');
    return { kind: 'scalar', ...(resolvePlain(written) ?? { value: written }), place };
  }

  function readMapping(own: string, level: number): ManifestNode | undefined {
    const start = at;
    const entries = new Map<string, MappingEntry>();
    at += 1;
    if (!took('}')) {
      do {
        skipSpaces();
        const keyStart = at;
        const named = readText(own);
        if (named === undefined || entries.has(String(named.value))) return undefined;
        const name = String(named.value);
        const below = pointerStep(own, name);
        const key: ScalarNode = { ...named, place: placed(keyStart, below, 'double') };
        const value = took(':') ? readValue(below, level) : undefined;
        if (value === undefined) return undefined;
        entries.set(name, { key, value });
      } while (took(','));
      if (!took('}')) return undefined;
    }
    return { kind: 'mapping', entries, place: { source, start, end: at, pointer: own } };
  }

  function readSequence(own: string, level: number): ManifestNode | undefined {
    const start = at;
    const items: ManifestNode[] = [];
    at += 1;
    if (!took(']')) {
      do {
        const item = readValue(pointerStep(own, items.length), level);
        if (item === undefined) return undefined;
        items.push(item);
      } while (took(','));
      if (!took(']')) return undefined;
    }
    return { kind: 'sequence', items, place: { source, start, end: at, pointer: own } };
  }

  function readValue(own: string, above: number): ManifestNode | undefined {
    const level = above + 1;
    if (level > mostLevels) return undefined;
    skipSpaces();
    switch (text[at]) {
      case '{':
        return readMapping(own, level);
      case '[':
        return readSequence(own, level);
      case '"':
        return readText(own);
      default:
        return readPlain(own);
    }
  }

  return readValue(pointer, 0);
}
