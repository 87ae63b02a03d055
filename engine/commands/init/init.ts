import { writeFile } from 'node:fs/promises';
import { ConnectorError } from '../../error/connector-error.ts';
import type { Api } from '../../init/api.ts';
import { fromCurl } from '../../init/from-curl.ts';
import { fromHar } from '../../init/from-har.ts';
import { fromOpenApi } from '../../init/from-openapi.ts';
import { guessStreams, type StreamGuess } from '../../init/guesses.ts';
import { snake } from '../../init/names.ts';
import { writeManifest } from '../../init/write-manifest.ts';
import { toValue } from '../../manifest/node.ts';
import { parseManifest } from '../../manifest/parse.ts';
import { isObject, type JsonObject } from '../../util/json/json.ts';
import { didYouMean } from '../../util/text/did-you-mean.ts';
import type { Environment } from '../environment.ts';
import { readInputText } from '../read-input.ts';
import { verify } from './verify.ts';

export interface InitOptions {
  readonly openapi?: string;
  readonly har?: string;
  readonly curl?: string;
  /** Where it is written; NAME.yaml by default, `-` for stdout. */
  readonly out?: string;
  /** Only these streams. */
  readonly streams?: readonly string[];
  readonly force?: boolean;
  /** Asks the API two to four times whether the guesses hold. */
  readonly verify?: boolean;
  readonly config?: string;
}

/** `init`: a manifest out of what is known of an API, each guess marked. Exit code 1 when `--verify` finds one wrong. */
export async function init(name: string, options: InitOptions, environment: Environment): Promise<number> {
  const api = await readApi(options);
  const all = guessStreams(api);
  const streams = chosen(all, options.streams);
  if (streams.length === 0)
    throw new ConnectorError(
      `No operation there answers a list of objects, so there is nothing to make streams of.${api.hint ?? ''}`,
      { kind: 'config_error' },
    );
  const text = writeManifest(name, api, streams);
  const path = options.out ?? `${snake(name)}.yaml`;
  if (path === '-') await environment.write(text);
  else
    await writeFile(path, text, { flag: options.force === true ? 'w' : 'wx' }).catch(
      (error: NodeJS.ErrnoException) => {
        const why =
          error.code === 'EEXIST' ? 'there is such a file already; --force replaces it' : error.message;
        throw new ConnectorError(`${path} was not written: ${why}.`, { kind: 'config_error' });
      },
    );
  environment.writeError(summary(path, streams));
  if (options.verify !== true) return 0;
  return verify({ text, path, streams, config: options.config }, environment);
}

async function readApi({ openapi, har, curl }: InitOptions): Promise<Api> {
  const given = [openapi, har, curl].filter((each) => each !== undefined);
  if (given.length !== 1)
    throw new ConnectorError(
      'Say what is known of the API: one of --openapi FILE, --har FILE, --curl LINE.',
      { kind: 'config_error' },
    );
  if (curl !== undefined) return fromCurl(curl);
  if (har !== undefined) {
    const recorded = await document(har, 'HAR file');
    const { log } = recorded;
    if (isObject(log) && Array.isArray(log.entries)) return fromHar(recorded);
    throw notThat(har, 'a HAR file', 'list of requests at log.entries');
  }
  const described = await document(openapi ?? '', 'OpenAPI document');
  if ('openapi' in described || 'swagger' in described) return fromOpenApi(described);
  throw notThat(openapi ?? '', 'a description by OpenAPI', 'version under "openapi" or "swagger"');
}

function notThat(path: string, what: string, lacks: string): ConnectorError {
  return new ConnectorError(`${path} is not ${what}: it has no ${lacks}.`, { kind: 'config_error' });
}

async function document(path: string, what: string): Promise<JsonObject> {
  const { node, diagnostics } = parseManifest({ name: path, text: await readInputText(path, what) });
  const value = node && toValue(node);
  if (isObject(value)) return value;
  throw new ConnectorError(
    `The ${what} ${path} cannot be read: ${diagnostics[0]?.message ?? 'it is empty.'}`,
    {
      kind: 'config_error',
      nodes: diagnostics[0]?.places ?? [],
    },
  );
}

/** Those that are wanted, and the parents that they need. */
function chosen(all: readonly StreamGuess[], names: readonly string[] | undefined): readonly StreamGuess[] {
  if (names === undefined) return all;
  const known = all.map(({ name }) => name);
  for (const name of names)
    if (!known.includes(name))
      throw new ConnectorError(`No operation looks like a stream "${name}".${didYouMean(name, known)}`, {
        kind: 'config_error',
      });
  const parents = all
    .filter(({ name }) => names.includes(name))
    .flatMap(({ parents }) => parents.map(({ guess }) => guess.value));
  return all.filter(({ name }) => names.includes(name) || parents.includes(name));
}

function summary(path: string, streams: readonly StreamGuess[]): string {
  const width = Math.min(30, Math.max(...streams.map(({ name }) => name.length)));
  const lines = streams.map(({ name, recordPath, key, paging, cursor, parents }) => {
    const parts = [
      `records ${recordPath.value.join('.') || '(the answer)'}`,
      `key ${key?.value ?? '?'}`,
      `pages ${paging?.value.kind ?? '?'}`,
      ...(cursor?.value.parameter === undefined ? [] : [`since ${cursor.value.parameter.name}`]),
      ...parents.map(({ guess }) => `of ${guess.value}`),
    ];
    return `  ${name.padEnd(width)}  ${parts.join(' · ')}`;
  });
  const wrote = path === '-' ? '' : `${path}: `;
  return `${wrote}${streams.length} ${streams.length === 1 ? 'stream' : 'streams'}, each guess marked with how sure it is\n${lines.join('\n')}\n`;
}
