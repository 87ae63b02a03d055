import { limitsOf } from '../builder/limits.ts';
import { fullResolveManifest, type ResolveOptions, resolveManifest } from '../builder/resolve.ts';
import { testRead } from '../builder/test-read.ts';
import { ConnectorError } from '../error/connector-error.ts';
import { createRedactor } from '../http/wire/redact.ts';
import { redactMessage } from '../protocol/redact-message.ts';
import { secretsOf } from '../protocol/secrets.ts';
import { specificationIn } from '../protocol/specification.ts';
import { errorTrace } from '../protocol/trace.ts';
import { toLine, toRecordLines } from '../protocol/write.ts';
import { isObject, type JsonObject } from '../util/json/json.ts';
import { type ChosenManifest, chooseManifest } from './choose-manifest.ts';
import type { CommandOptions, Environment } from './environment.ts';
import { readCatalog, readState } from './read-protocol-input.ts';

interface Request {
  readonly config: JsonObject;
  readonly options: CommandOptions;
  readonly environment: Environment;
  readonly chosen: ChosenManifest;
}

interface Answer {
  readonly stream: string;
  readonly data: JsonObject;
}

const commands: Readonly<Record<string, (request: Request) => Promise<Answer>>> = {
  resolve_manifest: async (request) => ({
    stream: 'resolve_manifest',
    data: { manifest: inSequence(resolveManifest(request.chosen.manifest, resolveOptions(request))) },
  }),
  full_resolve_manifest: async (request) => {
    const { config, chosen, environment } = request;
    const manifest = await fullResolveManifest(chosen.manifest, config, limitsOf(config), {
      ...resolveOptions(request),
      surroundings: { ...environment, readFile: chosen.readFile },
    });
    return { stream: 'full_resolve_manifest', data: { manifest: inSequence(manifest) } };
  },
  test_read: readStream,
};

/**
 * What the connector builder asks for with `__command` in a config: one RECORD with the answer, or an ERROR trace that
 * says why there is none. Both are answers, so the exit code is 0.
 */
export async function builderCommand(
  config: JsonObject,
  options: CommandOptions,
  environment: Environment,
): Promise<number> {
  const redactor = createRedactor();
  try {
    const name = config.__command;
    const command = typeof name === 'string' && Object.hasOwn(commands, name) ? commands[name] : undefined;
    if (command === undefined) {
      throw new ConnectorError(
        `There is no command ${JSON.stringify(name)}. "__command" may be ${Object.keys(commands).join(', ')}.`,
        { kind: 'config_error' },
      );
    }
    const chosen = await chooseManifest(options, config, environment);
    for (const secret of secretsIn(chosen, config)) redactor.add(secret);
    const { stream, data } = await command({ config, options, environment, chosen });
    await environment.write(toRecordLines({ name: stream }, [data], Date.now()));
  } catch (error) {
    await environment.write(toLine(redactMessage(errorTrace(error, Date.now()), redactor.text)));
  }
  return 0;
}

async function readStream({ config, options, environment, chosen }: Request): Promise<Answer> {
  const { catalog: catalogPath, state: statePath } = options;
  if (catalogPath === undefined) throw new ConnectorError('No catalog given.', { kind: 'config_error' });
  const catalog = await readCatalog(catalogPath);
  const [configured] = catalog.streams;
  if (configured === undefined)
    throw new ConnectorError(`The catalog ${catalogPath} names no stream to read.`, { kind: 'config_error' });
  const states = statePath === undefined ? undefined : await readState(statePath);
  const { name } = configured.stream;
  const data = await testRead(chosen.manifest, config, {
    stream: name,
    states,
    cursorField: configured.cursor_field ?? undefined,
    limits: limitsOf(config),
    surroundings: { ...environment, readFile: chosen.readFile },
  });
  return { stream: name, data: { ...data } };
}

function resolveOptions({ config }: Request): ResolveOptions {
  return { migrate: config.__should_migrate === true, normalize: config.__should_normalize === true };
}

/** The builder reads slices one after the other, and its manifests say so. */
function inSequence(manifest: JsonObject): JsonObject {
  const level = manifest.concurrency_level;
  return {
    ...manifest,
    concurrency_level: {
      ...(isObject(level) ? level : { type: 'ConcurrencyLevel' }),
      default_concurrency: 1,
    },
  };
}

function secretsIn({ manifest }: ChosenManifest, config: JsonObject): readonly string[] {
  return secretsOf(specificationIn(manifest.root)?.connectionSpecification ?? {}, config);
}
