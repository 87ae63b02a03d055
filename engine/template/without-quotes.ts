/**
 * A text with templates in it as it comes out where its outcome is read back as a literal: quotes around all of it are taken
 * away. Blanks stand where they were, so that offsets stay what they are.
 */
export function withoutQuotes(text: string): string {
  // What a template puts out has no quotes as a rule, whatever its own texts are in.
  const hidden = text.replace(/\{\{[\s\S]*?\}\}|\{%[\s\S]*?%\}/g, (template) => '0'.repeat(template.length));
  const [, before = '', , inside = ''] = /^([ \t]*)(["'])((?:(?!\2)[^\\\n])*)\2\s*$/.exec(hidden) ?? [];
  if (inside === '') return text;
  const start = before.length + 1;
  const end = start + inside.length;
  return `${' '.repeat(start)}${text.slice(start, end)}${' '.repeat(text.length - end)}`;
}
