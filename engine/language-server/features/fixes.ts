import { suggestionsFor } from '../../util/text/did-you-mean.ts';
import type { OpenDocument } from '../locate/open-document.ts';
import { rangeOf, scalarAt } from '../locate/syntax.ts';
import { isInTemplate, wordAt } from '../locate/template-at.ts';
import { type Suggestion, suggestAt } from './completion.ts';

export interface Fix {
  readonly title: string;
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** What may have been meant by the word at an offset: the nearest of what could be written there. */
export function fixesAt(document: OpenDocument, offset: number): readonly Fix[] {
  const at = scalarAt(document.syntax(), offset);
  if (at === undefined) return [];
  const [start, end] = rangeOf(at.node);
  const written = document.text.slice(start, end);
  const word = isInTemplate(written, offset - start) ? wordAt(document.text, offset) : undefined;
  const misspelt = word === undefined ? { word: written, start } : word;
  const { items } = suggestAt(document, misspelt.start);
  const near = suggestionsFor(misspelt.word, items.map(labelOf));
  return near.map((text) => ({
    title: `Change to "${text}"`,
    start: misspelt.start,
    end: misspelt.start + misspelt.word.length,
    text,
  }));
}

function labelOf({ label }: Suggestion): string {
  return label;
}
