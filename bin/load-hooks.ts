import { spawnSync } from 'node:child_process';
import { access } from 'node:fs/promises';
import { register } from 'node:module';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ConnectorError } from '../engine/error/connector-error.ts';
import { type Hook, isHook } from '../engine/language/component.ts';

/**
 * The hooks of modules somebody named, wherever they lie; `library` is what they import as "manifold". Throws
 * ConnectorError (config_error) that says which was not loaded, where and why.
 */
export async function loadHooks(files: readonly string[], library: URL): Promise<readonly Hook[]> {
  if (files.length > 0) offerLibrary(library);
  const found = await Promise.all(files.map(importHooks));
  const without = found.findIndex((hooks) => hooks.length === 0);
  if (without >= 0)
    throw notLoaded(files[without] as string, 'it exports none; export what defineHook(family, …) returns');
  return found.flat();
}

let isOffered = false;

/** A module outside of any package that has manifold installed finds the one that runs. */
function offerLibrary(library: URL): void {
  if (isOffered) return;
  isOffered = true;
  const loader = `export const resolve = (specifier, context, next) => specifier === 'manifold'
    ? { url: ${JSON.stringify(library.href)}, shortCircuit: true }
    : next(specifier, context);`;
  register(`data:text/javascript,${encodeURIComponent(loader)}`);
}

/** The hooks a module exports, if any: others stand beside them to help. */
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
      : 'it is no JavaScript module';
  }
  const trace = cause instanceof SyntaxError ? checkSyntax(path) : (cause.stack ?? '');
  const message = cause.message.replace(/\.$/, '');
  const at = trace.indexOf(`${path}:`);
  const place = at < 0 ? undefined : /^\d+(:\d+)?/.exec(trace.slice(at + path.length + 1))?.[0];
  return place === undefined ? message : `${message} (${path}:${place})`;
}

/** Node tells where a module cannot be read only when it ends of it. */
function checkSyntax(path: string): string {
  return spawnSync(process.execPath, ['--check', path], { encoding: 'utf8' }).stderr;
}
