/** A text as a shell takes it for one word, with nothing in it that it would put in. */
export function singleQuoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
