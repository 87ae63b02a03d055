/** Where a caret stands inside of a template. */
export type TemplatePlace =
  | { readonly kind: 'name'; readonly typed: string }
  | { readonly kind: 'filter'; readonly typed: string }
  | { readonly kind: 'test'; readonly typed: string }
  /** A key of a name: `config['…`, `config.…`. */
  | { readonly kind: 'key'; readonly of: string; readonly typed: string };

/** What is being typed at the end of `before`, the text up to the caret; undefined outside of a template. */
export function templateAt(before: string): TemplatePlace | undefined {
  const start = Math.max(before.lastIndexOf('{{'), before.lastIndexOf('{%'));
  const end = Math.max(before.lastIndexOf('}}'), before.lastIndexOf('%}'));
  if (start < 0 || end > start) return undefined;
  const code = before.slice(start + 2);
  const key = /([A-Za-z_]\w*)(?:\[\s*["']|\.(?:get\(\s*["'])?)([\w-]*)$/.exec(code);
  if (key !== null) return { kind: 'key', of: key[1] ?? '', typed: key[2] ?? '' };
  if (isInsideOfText(code)) return undefined;
  const filter = /\|\s*(\w*)$/.exec(code);
  if (filter !== null) return { kind: 'filter', typed: filter[1] ?? '' };
  const test = /\bis\s+(?:not\s+)?(\w*)$/.exec(code);
  if (test !== null) return { kind: 'test', typed: test[1] ?? '' };
  return { kind: 'name', typed: /\w*$/.exec(code)?.[0] ?? '' };
}

/** A quote that is open. */
function isInsideOfText(code: string): boolean {
  let open: string | undefined;
  for (const character of code) {
    if (open === undefined && (character === "'" || character === '"')) open = character;
    else if (character === open) open = undefined;
  }
  return open !== undefined;
}

/** The word around an offset, with where it begins; undefined where there is none. */
export function wordAt(
  text: string,
  offset: number,
): { readonly word: string; readonly start: number } | undefined {
  const start = offset - (/\w*$/.exec(text.slice(0, offset))?.[0].length ?? 0);
  const word = /^\w+/.exec(text.slice(start))?.[0];
  return word === undefined ? undefined : { word, start };
}

/** Whether an offset is inside of a template. */
export function isInTemplate(text: string, offset: number): boolean {
  return templateAt(text.slice(0, offset)) !== undefined;
}
