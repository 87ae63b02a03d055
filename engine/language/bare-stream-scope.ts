import type { Purpose } from '../contract/purpose.ts';
import type { StreamScope } from '../contract/scope.ts';

/** The scope of requests that belong to no stream of the manifest: they have a name for the log and nothing else. */
export function bareStreamScope(
  name: string,
  { isParent = false, purpose }: { readonly isParent?: boolean; readonly purpose?: Purpose } = {},
): StreamScope {
  return Object.freeze({
    name,
    primaryKey: undefined,
    transformations: [],
    schemaLoader: undefined,
    cursorField: undefined,
    isParent: () => isParent,
    purpose,
  });
}
