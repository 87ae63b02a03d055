import type { StreamScope } from './scope.ts';

/** The scope of requests that belong to no stream of the manifest: they are known by a name and have nothing else. */
export function bareStreamScope(
  name: string,
  { isParent = false }: { readonly isParent?: boolean } = {},
): StreamScope {
  return Object.freeze({
    name,
    primaryKey: undefined,
    transformations: [],
    schemaLoader: undefined,
    cursorField: undefined,
    isParent,
  });
}
