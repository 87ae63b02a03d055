/**
 * Where the schema file of a stream may be, beside the manifest, in the order in which it is looked for. Paths of Python
 * connectors start with the name of the package that contains the manifest, so such a path is also tried without it.
 */
export function schemaPaths(path: string, stream: string): readonly string[] {
  if (path === '') return [`schemas/${stream}.json`, `${stream}.json`];
  const relative = path.replace(/^\.?\/+/, '');
  const below = relative.slice(relative.indexOf('/') + 1);
  return below === relative ? [relative] : [relative, below];
}
