import type { Place } from './place.ts';

/**
 * Where the character at `offset` of a scalar's value is in the text, after quotes, escapes, folded lines and the
 * indentation of blocks. Undefined when the place is not a scalar in a text.
 */
export function offsetInText(place: Place, offset: number): number | undefined {
  const { source, style, start, end } = place;
  if (source.text === undefined || style === undefined) return undefined;
  const written = source.text.slice(start, end);
  const offsets =
    style === 'literal' || style === 'folded'
      ? blockOffsets(written, style === 'folded', outerIndent(source.text, start))
      : flowOffsets(written, style);
  return start + (offsets[offset] ?? offsets.at(-1) ?? 0);
}

/** For each character of the value, its offset in the written scalar; and one more for its end. */
function flowOffsets(written: string, style: 'plain' | 'single' | 'double'): number[] {
  const offsets: number[] = [];
  const quoted = style !== 'plain';
  const end = quoted ? written.length - 1 : written.length;
  let at = quoted ? 1 : 0;
  while (at < end) {
    const fold = /^[ \t]*\r?\n\s*/.exec(written.slice(at, end))?.[0];
    if (fold !== undefined) {
      for (let count = Math.max(1, lineBreaks(fold) - 1); count > 0; count--) offsets.push(at);
      at += fold.length;
      continue;
    }
    const length = style === 'plain' ? 1 : tokenLength(written, at, style);
    const pushed = style === 'double' ? valueLength(written.slice(at, at + length)) : 1;
    for (let count = pushed; count > 0; count--) offsets.push(at);
    at += length;
  }
  offsets.push(end);
  return offsets;
}

const escapeToken = /^\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|\r?\n[ \t]*|[\s\S])/;

function tokenLength(written: string, at: number, style: 'single' | 'double'): number {
  if (style === 'single') return written.startsWith("''", at) ? 2 : 1;
  return written[at] === '\\' ? (escapeToken.exec(written.slice(at, at + 200))?.[0].length ?? 1) : 1;
}

/** How many UTF-16 units an escape of a double-quoted scalar stands for. */
function valueLength(token: string): number {
  if (/^\\\r?\n/.test(token)) return 0;
  return token.startsWith('\\U') && Number.parseInt(token.slice(2), 16) > 0xffff ? 2 : 1;
}

function blockOffsets(written: string, folded: boolean, outer: number): number[] {
  const offsets: number[] = [];
  const header = /^[^\n]*\n?/.exec(written)?.[0] ?? '';
  const explicit = /^[|>][-+]?([1-9])/.exec(header)?.[1];
  const body = written.slice(header.length);
  const indent = explicit ? outer + Number(explicit) : (/^(?:[ \t]*\r?\n)*( *)/.exec(body)?.[1]?.length ?? 0);
  let at = header.length;
  let wasText = false;
  let breaks: number[] = [];
  for (const line of body.split('\n')) {
    const content = line.replace(/\r$/, '').slice(indent);
    const begin = at + Math.min(indent, line.length);
    const isText = content !== '' && !/^[ \t]/.test(content);
    if (content !== '') {
      // A single line break between two lines of text folds to a blank; of several, the first is lost.
      const folds = folded && wasText && isText;
      offsets.push(...(folds && breaks.length > 1 ? breaks.slice(1) : breaks));
      breaks = [];
      for (let index = 0; index < content.length; index++) offsets.push(begin + index);
      wasText = isText;
    }
    breaks.push(begin + content.length);
    at += line.length + 1;
  }
  offsets.push(...breaks);
  return offsets;
}

/** The indentation an explicit indicator (`|2`) counts from: that of the mapping whose value the block is. */
function outerIndent(text: string, start: number): number {
  const line = text.slice(text.lastIndexOf('\n', start - 1) + 1, start);
  return /^(?: |- )*/.exec(line)?.[0].length ?? 0;
}

function lineBreaks(text: string): number {
  return text.split('\n').length - 1;
}
