/** `"a", "b", "c"` for messages. */
export function quotedList(names: Iterable<string>): string {
  return Array.from(names, (name) => `"${name}"`).join(', ');
}
