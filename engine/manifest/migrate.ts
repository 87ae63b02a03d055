import type { Diagnostic } from '../error/diagnostic.ts';
import { type Migration, UnmigratableError } from './migrations/migration.ts';
import { pathToUrl } from './migrations/path-to-url.ts';
import { jsonAndDataToRequestBody } from './migrations/request-body.ts';
import { urlBaseToUrl } from './migrations/url-base-to-url.ts';
import { fieldOf, type ManifestNode, type MappingEntry, type MappingNode, typeOf } from './node.ts';

/** The version of the manifest language this engine knows, which is that of the CDK. */
const knownVersion = '7.39.1';

/** In the order in which they are applied. They concern manifests of every version. */
const migrations: readonly Migration[] = [urlBaseToUrl, pathToUrl, jsonAndDataToRequestBody];

/** Stream templates are filled in later, so nothing in them is migrated. */
const untouchedTypes: ReadonlySet<string> = new Set(['DynamicDeclarativeStream']);

export interface AppliedMigration {
  /** The version of the manifest. */
  readonly from: string;
  /** The versions the migration is for; `*` is all. */
  readonly to: string;
  readonly migration: string;
}

export interface Migrated {
  readonly node: ManifestNode;
  readonly applied: readonly AppliedMigration[];
}

/**
 * The manifest with deprecated fields in their present form. It is not needed to run a manifest: both forms are part of
 * the language, and the CDK migrates only when its builder asks for it. It is for commands that rewrite manifests.
 * Takes a tree after `$ref` and `$parameters`. When one component cannot be migrated, nothing is.
 */
export function migrate(node: ManifestNode): Migrated {
  const version = fieldOf(node, 'version');
  const from = version?.kind === 'scalar' ? String(version.value) : '0.0.0';
  const applied: AppliedMigration[] = [];
  let current = node;
  try {
    for (const migration of migrations) {
      const next = migrateTree(current, migration);
      if (next !== current) applied.push({ from, to: '*', migration: migration.name });
      current = next;
    }
  } catch (error) {
    if (error instanceof UnmigratableError) return { node, applied: [] };
    throw error;
  }
  return { node: current, applied };
}

function migrateTree(node: ManifestNode, migration: Migration): ManifestNode {
  switch (node.kind) {
    case 'scalar':
      return node;
    case 'sequence': {
      const items = node.items.map((item) => migrateTree(item, migration));
      return items.some((item, index) => item !== node.items[index]) ? { ...node, items } : node;
    }
    case 'mapping':
      return migrateMapping(node, migration);
  }
}

function migrateMapping(node: MappingNode, migration: Migration): MappingNode {
  const type = typeOf(node);
  if (type !== undefined && untouchedTypes.has(type)) return node;
  const component = (type === migration.componentType && migration.apply(node)) || node;
  let changed: Map<string, MappingEntry> | undefined;
  for (const [name, entry] of component.entries) {
    const value = migrateTree(entry.value, migration);
    if (value === entry.value) continue;
    changed ??= new Map(component.entries);
    changed.set(name, { key: entry.key, value });
  }
  return changed ? { ...component, entries: changed } : component;
}

/** A warning about a manifest for a newer language than the known one, or for none. It runs, as far as it is understood. */
export function checkVersion(node: ManifestNode): Diagnostic | undefined {
  const version = fieldOf(node, 'version');
  if (version?.kind !== 'scalar') return undefined;
  const at = { severity: 'warning', places: [version.place], pointer: '/version' } as const;
  if (!versionNumber.test(String(version.value))) {
    const message = `"${version.value}" is not a version such as "${knownVersion}". It runs here, but the Python runtime refuses such a manifest.`;
    return { ...at, message };
  }
  if (!isNewer(release(String(version.value)), release(knownVersion))) return undefined;
  const message = `The manifest is of version ${version.value}, newer than ${knownVersion}, the newest one known here. It runs, but what is new in it may not be understood.`;
  return { ...at, message };
}

/** Numbers, and what Python allows behind them: `1.2rc1`, `1.2.dev0`, `1.2+local`. */
const versionNumber =
  /^\s*v?\d+(?:\.\d+)*(?:[-_.]?(?:a|b|c|rc|alpha|beta|pre|preview|post|rev|r|dev)[-_.]?\d*)*(?:-\d+)?(?:\+[a-z\d.]+)?\s*$/i;

/** The numbers of a version, without what follows them (`rc1`, `.dev0`). */
function release(version: string): number[] {
  return (/^\s*v?(\d+(?:\.\d+)*)/.exec(version)?.[1] ?? '0').split('.').map(Number);
}

function isNewer(a: readonly number[], b: readonly number[]): boolean {
  for (let index = 0; index < Math.max(a.length, b.length); index++) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return false;
}
