import { spawnSync } from 'node:child_process';
import { access } from 'node:fs/promises';
import { register } from 'node:module';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ConnectorError } from '../engine/error/connector-error.ts';
import { type Hook, isHook } from '../engine/language/component.ts';

/** What hooks import. */
export interface HookLibraries {
  /** Always the one that runs. */
  readonly manifold: URL;
  /** For hooks that are in no package with zod installed. */
  readonly zod: URL;
}

/**
 * The hooks of the named modules, wherever they are; `library` is what they import as "manifold". Throws ConnectorError
 * (config_error) that says which module was not loaded, where and why.
 */
export async function loadHooks(
  files: readonly string[],
  libraries: HookLibraries,
): Promise<readonly Hook[]> {
  if (files.length > 0) offerLibraries(libraries);
  const found = await Promise.all(files.map(importHooks));
  const without = found.findIndex((hooks) => hooks.length === 0);
  if (without >= 0)
    throw notLoaded(files[without] as string, 'it exports none; export what defineHook(family, …) returns');
  return found.flat();
}

let isOffered = false;

function offerLibraries({ manifold, zod }: HookLibraries): void {
  if (isOffered) return;
  isOffered = true;
  const loader = `export const resolve = (specifier, context, next) =>
    specifier === 'manifold' ? { url: ${JSON.stringify(manifold.href)}, shortCircuit: true }
    : specifier === 'zod' ? next(specifier).catch(() => ({ url: ${JSON.stringify(zod.href)}, shortCircuit: true }))
    : next(specifier);`;
  register(`data:text/javascript,${encodeURIComponent(loader)}`);
}

/** The hooks that a module exports, if any; it may export helpers too. */
export async function importHooks(file: string): Promise<readonly Hook[]> {
  const path = resolve(file);
  const isThere = await access(path).then(
    () => true,
    () => false,
  );
  if (!isThere) throw notLoaded(file, 'there is no such file');
  const module = await import(pathToFileURL(path).href).catch((cause: unknown) => {
    throw notLoaded(file, reasonOf(cause, path), cause);
  });
  return Object.values(module as Record<string, unknown>).filter(isHook);
}

function notLoaded(file: string, why: string, cause?: unknown): ConnectorError {
  return new ConnectorError(`The hooks of ${file} were not loaded: ${why}.`, {
    kind: 'config_error',
    ...(cause !== undefined && { cause }),
  });
}

function reasonOf(cause: unknown, path: string): string {
  if (!(cause instanceof Error)) return String(cause);
  if ((cause as NodeJS.ErrnoException).code === 'ERR_UNKNOWN_FILE_EXTENSION') {
    return /\.[cm]?ts$/.test(path)
      ? 'Node before 22.18 does not run TypeScript; compile it to JavaScript first'
      : 'it is not a JavaScript module';
  }
  const trace = cause instanceof SyntaxError ? checkSyntax(path) : (cause.stack ?? '');
  const message = cause.message.replace(/\.$/, '');
  const at = trace.indexOf(`${path}:`);
  const place = at < 0 ? undefined : /^\d+(:\d+)?/.exec(trace.slice(at + path.length + 1))?.[0];
  return place === undefined ? message : `${message} (${path}:${place})`;
}

/** Node says where a module has a syntax error only when the process ends because of it. */
function checkSyntax(path: string): string {
  return spawnSync(process.execPath, ['--check', path], { encoding: 'utf8' }).stderr;
}
