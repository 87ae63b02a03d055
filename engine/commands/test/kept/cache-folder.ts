import { join } from 'node:path';

/** What is known of the machine and its user. */
export interface Machine {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
}

/**
 * Where this program keeps what it can do without: in the user's folder for that, as Go and pip do, since most manifests are
 * in no package of npm and nobody wants files beside them. Absolute paths only, as the XDG's specification has it.
 */
export function cacheFolder({ platform, env, home }: Machine): string | undefined {
  const own = env['XDG_CACHE_HOME'];
  const folder = own?.startsWith('/') || (own && platform === 'win32') ? own : usual(platform, env, home);
  return folder === undefined ? undefined : join(folder, 'manifold');
}

function usual(platform: NodeJS.Platform, env: Machine['env'], home: string): string | undefined {
  if (platform === 'win32') return env['LOCALAPPDATA'];
  if (home === '' || home === '/') return undefined;
  return platform === 'darwin' ? join(home, 'Library', 'Caches') : join(home, '.cache');
}
