import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join, resolve, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ConnectorError } from '../error/connector-error.ts';
import { type Hook, isHook } from '../language/hook.ts';
import type { Snapshot } from '../manifest/snapshot.ts';
import { tryTo } from '../util/flow/try-to.ts';
import { didYouMean } from '../util/text/did-you-mean.ts';
import { quotedList } from '../util/text/quoted-list.ts';

/** What comes with the package: manifests, their hooks, and what the build has made of both. */
export interface PackageFiles {
  /** The folder of `package.json`, from which manifests name their schemas. */
  readonly root: string;
  /** The path of a manifest by its name, such as `intercom`. Throws ConnectorError when there is none. */
  manifest(name: string): string;
  /** The hooks of a bundled connector; none for other names. */
  hooks(connector: string): Promise<readonly Hook[]>;
  /** A schema that comes with the package, by the path that a bundled manifest names; undefined for any other file. */
  schema(path: string): Promise<string | undefined>;
  /** Whether there is such a schema. */
  hasSchema(path: string): boolean;
  /** What the build has parsed of a bundled manifest, by its path. */
  snapshot(manifestPath: string): Promise<Snapshot | undefined>;
}

export function packageFiles(root: string): PackageFiles {
  const manifests = join(root, 'manifests');
  const built = join(root, 'dist', 'manifests');
  const schemaAt = (path: string) => {
    const absolute = resolve(root, path);
    return absolute.startsWith(join(root, 'schemas') + sep) ? absolute : undefined;
  };
  return Object.freeze<PackageFiles>({
    root,
    manifest(name) {
      const path = join(manifests, `${name}.yaml`);
      if (isName(name) && existsSync(path)) return path;
      const names = manifestNames(manifests);
      if (names.length === 0)
        throw new ConnectorError(
          `No connector "${name}" is there: the files of this package are not in ${root}, as where a bundler has taken its code alone. Keep "manifold-connectors" out of the bundle, as an external package.`,
          { kind: 'config_error' },
        );
      const known = didYouMean(name, names) || ` There is ${quotedList(names)}.`;
      throw new ConnectorError(`No connector "${name}" comes with this package.${known}`, {
        kind: 'config_error',
      });
    },
    hooks: (connector) => builtHooks(built, connector),
    async schema(path) {
      const absolute = schemaAt(path);
      if (absolute === undefined) return undefined;
      // Small local files, and many of them: to read one through the thread pool costs several times what reading it does.
      return tryTo(() => readFileSync(absolute, 'utf8'));
    },
    hasSchema(path) {
      const absolute = schemaAt(path);
      return absolute !== undefined && existsSync(absolute);
    },
    async snapshot(manifestPath) {
      const absolute = resolve(manifestPath);
      if (!absolute.startsWith(manifests + sep)) return undefined;
      const { readFile } = await import('node:fs/promises');
      const file = join(built, `${absolute.slice(manifests.length + 1).replace(/\.ya?ml$/, '')}.json`);
      const text = await readFile(file, 'utf8').catch(() => undefined);
      return text === undefined ? undefined : JSON.parse(text);
    },
  });
}

/** None where the package was bundled into something else, without its files. */
function manifestNames(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder).filter((file) => /^[\w-]+\.yaml$/.test(file));
  return files.map((file) => basename(file, '.yaml'));
}

/** A name that a manifest gives leads nowhere else. */
function isName(text: string): boolean {
  return /^[\w-]+$/.test(text);
}

/** The hooks of a connector, out of the one module that the build has made of them in `folder`. */
export async function builtHooks(folder: string, connector: string): Promise<readonly Hook[]> {
  const path = join(folder, `${connector}.js`);
  if (!isName(connector) || !existsSync(path)) return [];
  const module: Record<string, unknown> = await import(pathToFileURL(path).href);
  return Object.values(module).filter(isHook);
}
