import { writeFile } from 'node:fs/promises';
import { ConnectorError } from '../../error/connector-error.ts';
import { cloneJson } from '../../util/json/clone-json.ts';
import { isObject, type JsonObject } from '../../util/json/json.ts';
import { parseJson } from '../../util/json/parse-json.ts';
import { setField } from '../../util/json/set-field.ts';
import { toJsonText } from '../../util/json/to-json-text.ts';
import { alternativesOf } from '../../util/schema/alternatives-of.ts';
import type { Environment } from '../environment.ts';
import { readConfig } from '../read-input.ts';
import { type Asking, askConfig, neededFields, readValue } from './ask-config.ts';

export interface ConfigFlags {
  /** A file. */
  readonly config?: string;
}

/** A config, and the file that it is kept in, if any. */
export interface FoundConfig {
  readonly config: JsonObject;
  readonly path: string | undefined;
}

/**
 * The config of a command for people: of `--config`, else of MANIFOLD_CONFIG (JSON, or the path of a file). Undefined when
 * there is neither.
 */
export async function findConfig(flags: ConfigFlags, { env }: Environment): Promise<FoundConfig | undefined> {
  const given = env.MANIFOLD_CONFIG;
  if (flags.config !== undefined) return { config: await readConfig(flags.config), path: flags.config };
  if (given?.trimStart().startsWith('{')) return { config: parseVariable(given), path: undefined };
  if (given !== undefined && given !== '') return { config: await readConfig(given), path: given };
  return undefined;
}

function parseVariable(text: string): JsonObject {
  try {
    const value = parseJson(text);
    if (isObject(value)) return value;
  } catch {
    // Not with the parser's words, which may quote a secret.
  }
  throw new ConnectorError(
    'MANIFOLD_CONFIG is not JSON. Give a JSON object, or the path of a file with one.',
    {
      kind: 'config_error',
    },
  );
}

/** The config with what `--set` gives, each value as the spec's schema asks for. Throws ConnectorError (config_error). */
export function withFlags(
  config: JsonObject,
  set: readonly string[] | undefined,
  schema: JsonObject,
): JsonObject {
  if (set === undefined) return config;
  const changed = cloneJson(config);
  for (const text of set) {
    const equals = text.indexOf('=');
    const names = text.slice(0, Math.max(0, equals)).split('.');
    if (equals < 1 || names.includes(''))
      throw new ConnectorError(
        `--set takes NAME=VALUE, with dots between nested names: --set start_date=2026-01-01`,
        {
          kind: 'config_error',
        },
      );
    setAt(changed, names, schema, text.slice(equals + 1));
  }
  return changed;
}

function setAt(target: JsonObject, names: readonly string[], schema: JsonObject, text: string): void {
  const [name = '', ...rest] = names;
  const field = fieldOf(schema, name);
  if (rest.length > 0) {
    const inner = target[name];
    const object = isObject(inner) ? inner : {};
    setField(target, name, object);
    setAt(object, rest, field, text);
    return;
  }
  const [value, problem] = text === '' ? [text] : readValue(text, field);
  if (problem !== undefined)
    throw new ConnectorError(`The value of --set ${names.join('.')} does not fit. ${problem}`, {
      kind: 'config_error',
    });
  setField(target, name, value);
}

/** The schema of a field, wherever the schema mentions it. */
function fieldOf(schema: JsonObject, name: string): JsonObject {
  const own = isObject(schema.properties) ? schema.properties[name] : undefined;
  if (isObject(own)) return own;
  for (const alternative of alternativesOf(schema)) {
    const found = fieldOf(alternative, name);
    if (Object.keys(found).length > 0) return found;
  }
  return {};
}

/** Asks for what is not known of a config, and offers to keep it in a file that nobody else may read. */
export async function askForConfig(
  schema: JsonObject,
  asking: Asking,
  known: JsonObject = {},
): Promise<FoundConfig> {
  asking.say('No config is given, so here are its questions. Ctrl-C ends them.\n\n');
  const config = { ...(await askConfig(schema, asking, known)), ...known };
  const answer = (
    await asking.ask('\nKeep these answers in a file? Its name, Enter for config.json, or "no": ')
  ).trim();
  if (/^no?$/i.test(answer)) return { config, path: undefined };
  const path = answer === '' || /^y(es)?$/i.test(answer) ? 'config.json' : answer;
  try {
    // Never over one that is there: it may be another connector's.
    await writeFile(path, `${toJsonText(config)}\n`, { mode: 0o600, flag: 'wx' });
    asking.say(`Kept in ${path}, which only you can read. Next time: --config ${path}\n\n`);
    return { config, path };
  } catch (error) {
    const why = (error as NodeJS.ErrnoException).code === 'EEXIST' ? 'there is one already' : String(error);
    asking.say(`${path} was not written: ${why}.\n\n`);
    return { config, path: undefined };
  }
}

/** What to say where nobody can be asked. */
export function noConfig(schema: JsonObject): ConnectorError {
  const names = neededFields(schema);
  const needs = names.length > 0 ? ` It needs ${names.join(', ')}; "manifold spec" shows all of it.` : '';
  return new ConnectorError(
    `No config given. Name its file with --config FILE, put it into MANIFOLD_CONFIG, or give fields with --set NAME=VALUE.${needs}`,
    { kind: 'config_error' },
  );
}
