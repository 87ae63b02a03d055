import type { Place, Source } from './place.ts';

const blank = /[\s,:]*/y;
const string = /"(?:[^"\\]|\\.)*"/y;
const bare = /[^\s,\]}]*/y;

/** Where a value stands in a JSON text that can be parsed; of a path that leads nowhere, how far it leads. */
export function placeInJson(source: Source, path: readonly PropertyKey[]): Place | undefined {
  const { text } = source;
  if (text === undefined) return undefined;
  const [start, end] = find(text, skip(text, 0, blank), path);
  return { source, start, end, pointer: path.map((step) => `/${String(step)}`).join('') };
}

type Span = readonly [start: number, end: number];

function find(text: string, start: number, path: readonly PropertyKey[]): Span {
  const open = text[start];
  const isContainer = open === '{' || open === '[';
  if (!isContainer) return [start, skip(text, start, open === '"' ? string : bare)];
  const [step, ...rest] = path;
  let found: Span | undefined;
  let index = 0;
  let at = skip(text, start + 1, blank);
  while (at < text.length && text[at] !== '}' && text[at] !== ']') {
    let name: unknown = index++;
    if (open === '{') {
      const end = skip(text, at, string);
      name = JSON.parse(text.slice(at, end));
      at = skip(text, end, blank);
    }
    // Of equal names the last one counts.
    if (path.length > 0 && name === step) found = find(text, at, rest);
    at = skip(text, find(text, at, [])[1], blank);
  }
  const whole: Span = [start, at + 1];
  return path.length === 0 ? whole : (found ?? whole);
}

function skip(text: string, from: number, what: RegExp): number {
  what.lastIndex = from;
  return from + (what.exec(text)?.[0].length ?? 0);
}
