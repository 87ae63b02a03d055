import type { Surroundings } from '../connector/sync-scope.ts';
import { ConnectorError } from '../error/connector-error.ts';
import { listen } from '../server/listen.ts';
import type { Environment } from './environment.ts';

export interface ServeOptions {
  readonly port?: string;
  readonly host?: string;
  readonly hooks?: readonly string[];
}

/** `serve`: the API of the manifest server, until the process is told to stop. */
export async function serve(options: ServeOptions, environment: Environment): Promise<number> {
  const { env, signal, writeError } = environment;
  const port = Number(options.port ?? 8000);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new ConnectorError(`"${options.port}" is not a port: it must be a number from 0 to 65535.`, {
      kind: 'config_error',
    });
  const host = options.host ?? '127.0.0.1';
  // Loaded here too, so that a mistake in them is told at once.
  const hooks = await environment.loadHooks(options.hooks ?? []);
  const server = await listen({
    port,
    host,
    jwtSecret: env.AB_JWT_SIGNATURE_SECRET,
    worker: environment.serveWorker,
    hookPaths: options.hooks ?? [],
    surroundings: surroundingsOf(environment),
    hooks,
    bundledHooks: environment.bundledHooks,
    log: (message) => writeError(`${message}\n`),
  }).catch((cause: NodeJS.ErrnoException) => {
    const why = cause.code === 'EADDRINUSE' ? 'another process has it' : cause.message;
    throw new ConnectorError(`Port ${port} of ${host} cannot be served: ${why}.`, {
      kind: 'config_error',
      cause,
    });
  });
  writeError(`Serving manifests at ${server.url}\n`);
  if (signal !== undefined && !signal.aborted)
    await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
  await server.close();
  return 0;
}

/**
 * The rest of the environment belongs to the command line. Of all files, requests may name the schemas of this package.
 */
function surroundingsOf({ clock, random, transport, bundledSchema }: Environment): Surroundings {
  return {
    ...(clock && { clock }),
    ...(random && { random }),
    ...(transport && { transport }),
    ...(bundledSchema && { readFile: bundledSchema }),
  };
}
