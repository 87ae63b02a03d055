import type { Hook } from '../engine/language/hook.ts';
import { hookLibraries } from './hook-libraries.ts';

/** The hooks of modules that somebody names. Where nobody does, what loads them is not loaded either. */
export async function namedHooks(paths: readonly string[], packageRoot: string): Promise<readonly Hook[]> {
  if (paths.length === 0) return [];
  const { loadHooks } = await import('./load-hooks.ts');
  return loadHooks(paths, hookLibraries(packageRoot));
}
