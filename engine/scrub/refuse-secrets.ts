import { JSONPath } from 'jsonpath-plus';
import { ConnectorError } from '../error/connector-error.ts';
import { suspicionOf } from './suspicious.ts';

/** Something that is about to be written, and what it is called in messages. */
export interface ToWrite {
  readonly name: string;
  readonly value: unknown;
}

/**
 * The last layer: throws ConnectorError, naming the place, when something that is about to be written still looks like
 * a secret. `reviewed` are JSONPaths of values that somebody has looked at.
 */
export function refuseSecrets(parts: readonly ToWrite[], reviewed: readonly string[] = []): void {
  for (const { name, value } of parts) {
    const known = new Set(reviewed.flatMap((path) => pathsOf(path, value)));
    const found = find(value, '$', known);
    if (found === undefined) continue;
    throw new ConnectorError(
      `Nothing was written: ${name} has ${found.what} at ${found.path}, which may be a secret. Replace it with --fake '${found.path}', or say that it is none with --keep '${found.path}'.`,
      { kind: 'config_error' },
    );
  }
}

function pathsOf(path: string, json: unknown): readonly string[] {
  if (typeof json !== 'object' || json === null) return path === '$' ? ['$'] : [];
  const found: unknown = JSONPath({ path, json, eval: false, resultType: 'path' });
  return Array.isArray(found) ? found.map(plainPath) : [];
}

/** `$['a'][0]['b c']` → `$.a[0]['b c']`, as it is shown. */
function plainPath(path: string): string {
  return path.replace(/\['([A-Za-z_]\w*)'\]/g, '.$1');
}

function find(
  value: unknown,
  path: string,
  known: ReadonlySet<string>,
): { readonly path: string; readonly what: string } | undefined {
  if (known.has(path)) return undefined;
  if (typeof value === 'string') {
    const what = suspicionOf(value);
    return what === undefined ? undefined : { path, what };
  }
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [name, item] of Object.entries(value)) {
    const step = Array.isArray(value)
      ? `[${name}]`
      : /^[A-Za-z_]\w*$/.test(name)
        ? `.${name}`
        : `['${name}']`;
    const found = find(item, path + step, known);
    if (found !== undefined) return found;
  }
  return undefined;
}
