import { type ConnectorError, isConnectorError } from './connector-error.ts';
import type { Diagnostic } from './diagnostic.ts';
import { displayWidth } from './display-width.ts';
import { type Location, lineAt } from './line-at.ts';
import type { Place } from './place.ts';
import { offsetInText } from './scalar-offset.ts';

/** How many columns of a long line are shown. */
const excerptWidth = 100;

/**
 * The message, then each place with its line and a caret. A place reached by a `$ref` is followed by that of the
 * `$ref`.
 */
export function printDiagnostic(diagnostic: Diagnostic): string {
  const printed = diagnostic.places.map((place, index) =>
    printLocation(place, index === 0 ? diagnostic.offset : undefined),
  );
  return [diagnostic.message, ...new Set(printed)].join('\n\n');
}

/** The same for an error at run time. */
export function printError({ message, nodes, offset }: ConnectorError): string {
  return printDiagnostic({ severity: 'error', message, places: nodes, offset });
}

/** The same for whatever was thrown. */
export function printThrown(thrown: unknown): string {
  return isConnectorError(thrown) ? printError(thrown) : String(thrown);
}

/** A place with its line and a caret, then the references that led to it. `offset` counts in the scalar's value. */
export function printLocation(place: Place, offset?: number): string {
  const printed = [printSpot(place, offset)];
  for (let via = place.via; via !== undefined; via = via.via)
    printed.push(printSpot(via, undefined, 'referenced here'));
  return printed.join('\n\n');
}

/** Line and column of a place, both from 1; undefined where there is no text. `offset` counts in the scalar's value. */
export function positionOf(
  place: Place,
  offset?: number,
): { readonly line: number; readonly column: number } | undefined {
  const location = find(place, offset);
  return location && { line: location.line, column: location.column };
}

/** `manifests/x.yaml:33:15`, or `<config>#/streams/0/name` where there is no text. */
export function locationOf(place: Place, offset?: number): string {
  const location = find(place, offset);
  return location
    ? `${place.source.name}:${location.line}:${location.column}`
    : `${place.source.name}#${place.pointer}`;
}

function find(place: Place, offset: number | undefined): Location | undefined {
  const inText = offset === undefined ? place.start : (offsetInText(place, offset) ?? place.start);
  return lineAt(place.source, inText);
}

function printSpot(place: Place, offset: number | undefined, note?: string): string {
  const head = locationOf(place, offset) + (note === undefined ? '' : `, ${note}`);
  const location = find(place, offset);
  if (location === undefined) return head;
  const number = String(location.line);
  const { before, after } = excerpt(location);
  const margin = ' '.repeat(number.length);
  const line = `${number} | ${before}${after}`.trimEnd();
  return `${head}\n${line}\n${margin} | ${blanks(before)}^`;
}

/** The line around the column, cut to the excerpt's width. */
function excerpt({ text, column }: Location): { before: string; after: string } {
  let before = text.slice(0, column - 1);
  let after = text.slice(column - 1);
  if (displayWidth(text) <= excerptWidth) return { before, after };
  const room = Math.max(excerptWidth - displayWidth(before), excerptWidth / 2);
  const head = cut(after, room);
  if (head.length < after.length) after = `${head}…`;
  const rest = excerptWidth - displayWidth(after);
  const tail = cutEnd(before, rest);
  if (tail.length < before.length) before = `…${tail}`;
  return { before, after };
}

function cut(text: string, width: number): string {
  let used = 0;
  let kept = '';
  for (const character of text) {
    used += displayWidth(character);
    if (used > width) break;
    kept += character;
  }
  return kept;
}

function cutEnd(text: string, width: number): string {
  let used = 0;
  let kept = '';
  for (const character of Array.from(text).reverse()) {
    used += displayWidth(character);
    if (used > width) break;
    kept = character + kept;
  }
  return kept;
}

/** White space as wide as the text. Tabs stay tabs, so the caret is right whatever the tab width. */
function blanks(text: string): string {
  return Array.from(text, (character) =>
    character === '\t' ? '\t' : ' '.repeat(displayWidth(character)),
  ).join('');
}
