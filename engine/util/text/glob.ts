/** A text as the source of a regular expression that matches it and nothing else. */
export function literal(text: string): string {
  return text.replace(/[$()*+.?[\\\]^{|}]/g, '\\$&');
}

/**
 * The source of a regular expression for parts with gaps between them, as `*` leaves them. Each part but the last is
 * taken where it stands first, and never elsewhere: what comes after it has the longest text left, so that if it does
 * not fit there, it fits nowhere. A plain `.*a.*b.*c` would try all places of all parts, which takes hours on the right
 * text. `parts` are sources without groups, each of which takes the same number of characters wherever it matches; `gap`
 * is one such as `.*` or `[^/]+`. It goes after `^`, with no group before it.
 */
export function gapped(parts: readonly string[], gap: string): string {
  const [first = '', ...others] = parts;
  const last = others.pop();
  if (last === undefined) return first;
  // What a look ahead has found is not looked for again, and the reference takes it.
  const middle = others.map((part, index) => `(?=(${gap}?${part}))\\${index + 1}`);
  return `${first}${middle.join('')}${gap}${last}`;
}

/** A text in which each `*` stands for a gap. */
export function glob(text: string, gap = '.*', flags = 's'): RegExp {
  return new RegExp(`^${gapped(text.split('*').map(literal), gap)}$`, flags);
}
