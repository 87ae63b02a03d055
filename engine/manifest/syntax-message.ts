const sentences: Readonly<Record<string, string>> = {
  TAB_AS_INDENT: 'YAML is indented with spaces, not tabs.',
  BAD_INDENT: 'This line is not indented like its neighbours.',
  BLOCK_AS_IMPLICIT_KEY: 'A mapping cannot start here; a value that contains ": " must be quoted.',
  MULTILINE_IMPLICIT_KEY: 'A key must be on a single line; a ":" may be missing after it.',
  MULTIPLE_DOCS: 'A manifest is a single YAML document, and a second one starts here.',
  BAD_DQ_ESCAPE: 'This escape is unknown in a double-quoted value; use single quotes to keep the backslash.',
};

/** What a YAML syntax error means, in one or two sentences. */
export function syntaxMessage(code: string, message: string, text: string, offset: number): string {
  const sentence = sentences[code] ?? `${message.replace(/[.:]?\s*$/, '')}.`;
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  const before = text.slice(lineStart, offset + 2);
  const template = /(?:^|[:\-?]\s+|[[{,]\s*)\{[{%]/.test(before) && !/["'][^"']*\{[{%]/.test(before);
  return template ? `${sentence} A value that starts with "{{" or "{%" must be quoted.` : sentence;
}
