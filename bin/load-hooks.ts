import { spawnSync } from 'node:child_process';
import { Console } from 'node:console';
import { readdir, stat } from 'node:fs/promises';
import { register } from 'node:module';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ConnectorError } from '../engine/error/connector-error.ts';
import { type Hook, isHook } from '../engine/language/hook.ts';
import type { HookLibraries } from './hook-libraries.ts';

/**
 * The hooks of the named modules, wherever they are. Of a folder, those of all modules in it; some of these may export
 * none. Throws ConnectorError (config_error) that says which module was not loaded, where and why.
 */
export async function loadHooks(
  paths: readonly string[],
  libraries: HookLibraries,
): Promise<readonly Hook[]> {
  if (paths.length > 0) {
    offerLibraries(libraries);
    printToStderr();
  }
  return (await Promise.all(paths.map(hooksAt))).flat();
}

/** What hooks print is for people. On stdout each line is a message for the platform, or part of a report that a program reads. */
function printToStderr(): void {
  globalThis.console = new Console(process.stderr);
}

let isOffered = false;

function offerLibraries({ engine, zod }: HookLibraries): void {
  if (isOffered) return;
  isOffered = true;
  const loader = `export const resolve = (specifier, context, next) =>
    specifier === 'manifold-connectors' ? { url: ${JSON.stringify(engine.href)}, shortCircuit: true }
    : specifier === 'zod' ? next(specifier).catch(() => ({ url: ${JSON.stringify(zod.href)}, shortCircuit: true }))
    : next(specifier);`;
  register(`data:text/javascript,${encodeURIComponent(loader)}`);
}

async function hooksAt(path: string): Promise<readonly Hook[]> {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) throw notLoaded(path, 'there is no such file');
  const files = found.isDirectory() ? await modulesIn(path) : [path];
  const hooks = (await Promise.all(files.map(importHooks))).flat();
  if (hooks.length > 0) return hooks;
  const subject = found.isDirectory() ? 'none of its modules exports one' : 'it exports none';
  throw notLoaded(path, `${subject}; export what defineHook(family, …) returns`);
}

/** Without declarations and tests, which are no modules to run. */
async function modulesIn(folder: string): Promise<readonly string[]> {
  const files = (await readdir(folder)).sort();
  return files
    .filter((file) => /\.[cm]?[jt]s$/.test(file) && !/\.(?:d|test|spec)\.[cm]?[jt]s$/.test(file))
    .map((file) => join(folder, file));
}

/** The hooks that a module exports, if any; it may export helpers too. */
async function importHooks(file: string): Promise<readonly Hook[]> {
  const path = resolve(file);
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
