import { existsSync } from 'node:fs';
import { ConnectorError } from '../../error/connector-error.ts';
import { listenStudio } from '../../studio/listen.ts';
import type { Environment } from '../environment.ts';
import { openBrowser } from './open-browser.ts';
import { createBench } from './studio-bench.ts';

export interface StudioCommandOptions {
  readonly config?: string;
  readonly simulate?: boolean;
  readonly port: string;
  readonly open?: boolean;
  readonly hooks?: readonly string[];
}

/** `studio [FILE]`: the manifest in a browser, with what it does, until the process is told to stop. */
export async function studio(
  file: string | undefined,
  options: StudioCommandOptions,
  environment: Environment,
): Promise<number> {
  const { write, writeError, signal, studioPage = '' } = environment;
  const port = Number(options.port);
  if (!/^\d+$/.test(options.port) || port > 65_535)
    throw new ConnectorError(`--port is a number from 0 to 65535, not "${options.port}".`, {
      kind: 'config_error',
    });
  const path = file ?? environment.bundledManifest;
  if (!existsSync(path))
    throw new ConnectorError(`There is no manifest ${path}. "manifold init" makes one.`, {
      kind: 'config_error',
    });
  const bench = await createBench(
    {
      file: path,
      config: options.config,
      isSimulated: options.simulate === true,
      hooks: options.hooks ?? [],
    },
    environment,
  );
  const server = await listenStudio({
    bench,
    port,
    assets: studioPage,
    log: (message) => writeError(`${message}\n`),
  }).catch((cause: NodeJS.ErrnoException) => {
    const why = cause.code === 'EADDRINUSE' ? 'another process has it' : cause.message;
    throw new ConnectorError(`Port ${port} cannot be served: ${why}.`, { kind: 'config_error', cause });
  });
  await write(`${server.url}\n`);
  writeError(`The studio of ${path} is open at this address, for this machine alone. Ctrl-C ends it.\n`);
  if (options.open !== false) openBrowser(server.url);
  if (signal !== undefined && !signal.aborted)
    await new Promise<void>((ended) => signal.addEventListener('abort', () => ended(), { once: true }));
  await server.close();
  return 0;
}
