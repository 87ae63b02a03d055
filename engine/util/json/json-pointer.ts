/**
 * The value that a JSON pointer (RFC 6901) leads to, or undefined when there is none. The pointer may be the fragment of
 * a URL, as in `$ref`: percent escapes are undone.
 */
export function atPointer(root: unknown, pointer: string): unknown {
  let current = root;
  for (const step of pointer.split('/').slice(1)) {
    const key = decodeURIComponent(step).replaceAll('~1', '/').replaceAll('~0', '~');
    if (typeof current !== 'object' || current === null || !Object.hasOwn(current, key)) return undefined;
    current = (current as Record<string, unknown>)[key];
  }
  return current;
}
