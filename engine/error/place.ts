/** A manifest as it came in. Without `text` (an object inside a config) places are JSON pointers only. */
export interface Source {
  /** The path as given on the command line, or `<config>`. */
  readonly name: string;
  readonly text?: string;
}

/** How a scalar is written in its text; `none` when there is no text. */
export type ScalarStyle = 'plain' | 'single' | 'double' | 'literal' | 'folded';

/** Where something of a manifest is written. */
export interface Place {
  readonly source: Source;
  /** Offset of the first character in `source.text`; 0 without a text. */
  readonly start: number;
  /** Offset after the last character. */
  readonly end: number;
  /** JSON pointer of the value in its document as written, e.g. `/definitions/requester/path`; '' is the root. */
  readonly pointer: string;
  /** The place of the `$ref` (or alias) through which this place was reached, the innermost first. */
  readonly via?: Place;
  /** Present on scalars that have a text. It tells how an offset in the value maps to one in the text. */
  readonly style?: ScalarStyle;
}

/** Tells places of texts apart, by whatever way they are reached. */
export function placeKey({ source, start }: Pick<Place, 'source' | 'start'>): string {
  return `${source.name}:${start}`;
}
