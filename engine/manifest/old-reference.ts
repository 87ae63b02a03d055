/**
 * What to write instead of `*ref(definitions.requester)`, which was how manifests referred to their parts before version
 * 0.29; undefined for any other text.
 */
export function oldReference(text: string): string | undefined {
  const path = /^\s*\*ref\(\s*([^()]*?)\s*\)\s*$/.exec(text)?.[1];
  if (path === undefined) return undefined;
  const pointer = path.replace(/\[(\d+)\]/g, '.$1').replaceAll('.', '/');
  return `"${text.trim()}" is how references were written before version 0.29. Write "#/${pointer}".`;
}
