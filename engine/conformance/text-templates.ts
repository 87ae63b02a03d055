import { type ReadPath, readPaths } from '../simulator/read-paths.ts';

/** A template inside of a text. */
export interface TemplateIn {
  readonly reads: readonly ReadPath[];
  readonly start: number;
  /** The first character behind it. */
  readonly end: number;
  /** What is written between the template before it, or the start of the text, and this one. */
  readonly before: string;
}

/** The templates in a text, in their order; none where statements (`{% … %}`) decide what is put out. */
export function templatesIn(text: string): readonly TemplateIn[] {
  if (text.includes('{%')) return [];
  const found: TemplateIn[] = [];
  for (const match of text.matchAll(/\{\{[\s\S]*?\}\}/g)) {
    const before = text.slice(found.at(-1)?.end ?? 0, match.index);
    found.push({
      reads: readPaths(match[0]),
      start: match.index,
      end: match.index + match[0].length,
      before,
    });
  }
  return found;
}
