/** For codes with several meanings, the parser's words tell which one. */
const sentencesByStart: readonly (readonly [string, string])[] = [
  [
    'Sequence item without - indicator',
    'This line is indented deeper than the list above it, and does not start with "- ": is it part of the item before it?',
  ],
  ['Missing closing "quote', 'This text starts with a double quote and has no closing one.'],
  ["Missing closing 'quote", 'This text starts with a single quote and has no closing one.'],
];

const sentences: Readonly<Record<string, string>> = {
  TAB_AS_INDENT: 'YAML is indented with spaces, not tabs.',
  BAD_INDENT: 'This line is not indented like its neighbours.',
  BLOCK_AS_IMPLICIT_KEY: 'A mapping cannot start here; a value that contains ": " must be quoted.',
  MULTILINE_IMPLICIT_KEY: 'A key must be on a single line; a ":" may be missing after it.',
  MULTIPLE_DOCS: 'A manifest is a single YAML document, and a second one starts here.',
  BAD_DQ_ESCAPE: 'This escape is unknown in a double-quoted value; use single quotes to keep the backslash.',
};

export interface SyntaxFinding {
  readonly message: string;
  readonly start: number;
  readonly end: number;
}

/** What a YAML syntax error means, in one or two sentences, and the best place to show it. */
export function explainSyntaxError(
  error: { readonly code: string; readonly message: string; readonly pos: readonly [number, number] },
  text: string,
): SyntaxFinding {
  const [start, end] = error.pos;
  const template = unquotedTemplate(text, start);
  if (template !== undefined) return { message: unquotedTemplateMessage, start: template, end: template + 2 };
  const byStart = sentencesByStart.find(([words]) => error.message.startsWith(words))?.[1];
  const message = byStart ?? sentences[error.code] ?? `${error.message.replace(/[.:]?\s*$/, '')}.`;
  return { message, start, end };
}

export const unquotedTemplateMessage =
  'A value that starts with "{{" or "{%" must be quoted, or YAML reads it as a mapping.';

export const unquotedQuestion =
  'The Python runtime cannot read a "?" in a value without quotes inside of { } or [ ]: put quotes around the value.';

/** Where an unquoted template starts as a value in the line of the offset, not after the offset. */
function unquotedTemplate(text: string, offset: number): number | undefined {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  const match = /^[^"'#]*?(?:[:\-?]\s+|[[,]\s*)(?=\{[{%])/.exec(text.slice(lineStart, offset + 2));
  return match ? lineStart + match[0].length : undefined;
}

const unprintable = /[^\t\n\r -~\u0085\u00a0-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;

/** The first character that YAML does not allow in any place, as PyYAML has it. */
export function unprintableCharacter(text: string): SyntaxFinding | undefined {
  const found = unprintable.exec(text);
  if (found === null) return undefined;
  const code = (found[0].codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  const message = `The character U+${code} cannot stand in YAML; in double quotes it is written "\\u${code}".`;
  return { message, start: found.index, end: found.index + found[0].length };
}
