import { readFile } from 'node:fs/promises';
import { ConnectorError } from '../error/connector-error.ts';
import type { Source } from '../error/place.ts';
import { isObject, type JsonObject } from '../util/json/json.ts';
import { nestsDeeper } from '../util/json/nesting.ts';
import { parseJson } from '../util/json/parse-json.ts';
import type { Environment } from './environment.ts';

/** A file named on the command line. `what` is the user's word for it: "config", "catalog", "state". */
export async function readInputText(path: string, what: string): Promise<string> {
  return decode(await readBytes(path, what), path, what);
}

/** The same line by line, for files that are longer than a text can be. */
export async function readInputLines(path: string, what: string): Promise<Iterable<string>> {
  return linesOf(await readBytes(path, what), path, what);
}

/** The same of what comes in. */
export async function readStdinLines({ stdin }: Environment, what: string): Promise<Iterable<string>> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stdin ?? []) chunks.push(chunk);
  return linesOf(Buffer.concat(chunks), '<stdin>', what);
}

function* linesOf(bytes: Buffer, path: string, what: string): Generator<string> {
  let number = 1;
  for (let start = 0; start < bytes.length; ) {
    const end = bytes.indexOf(10, start);
    const stop = end === -1 ? bytes.length : end;
    yield decode(bytes.subarray(start, stop), path, what, number);
    number += 1;
    start = stop + 1;
  }
}

async function readBytes(path: string, what: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    const why =
      code === 'ENOENT'
        ? 'there is no such file'
        : code === 'EISDIR'
          ? 'it is a folder, and a file in it is meant'
          : code === 'ERR_FS_FILE_TOO_LARGE'
            ? 'it is longer than 2 GiB'
            : `it cannot be read (${code})`;
    throw new ConnectorError(`The ${what} ${path} could not be read: ${why}.`, { kind: 'config_error' });
  }
}

/** The text that comes in. Throws ConnectorError (config_error) when it is not UTF-8. */
export async function readStdin({ stdin }: Environment, what: string): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stdin ?? []) chunks.push(chunk);
  return decode(Buffer.concat(chunks), '<stdin>', what);
}

/** Editors of some systems put a byte order mark first, which is no part of the text. */
function decode(bytes: Buffer, path: string, what: string, first = 1): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    const text = bytes.toString('utf8');
    const { line, column } = lineAndColumn(text, text.indexOf('\ufffd'));
    throw new ConnectorError(
      `The ${what} ${path}:${first + line - 1}:${column} is not UTF-8. Save the file in this encoding.`,
      { kind: 'config_error' },
    );
  }
}

function lineAndColumn(text: string, offset: number): { readonly line: number; readonly column: number } {
  const before = text.slice(0, Math.max(0, offset));
  return { line: before.split('\n').length, column: before.length - before.lastIndexOf('\n') };
}

/** A JSON file, and its text for errors that are found in it later. */
export interface InputJson {
  readonly value: unknown;
  readonly source: Source;
}

/** More levels than a person or a program ever wrote into one; whoever walks through it may recurse that far. */
const depthLimit = 250;

export async function readInputJson(path: string, what: string): Promise<InputJson> {
  return parseInputJson(await readInputText(path, what), path, what);
}

/** Parses the text of a JSON file; integers beyond 2^53 keep their digits. */
export async function parseInputJson(text: string, path: string, what: string): Promise<InputJson> {
  let value: unknown;
  try {
    value = parseJson(text);
  } catch {
    throw new ConnectorError(await notJson(text, path, what), { kind: 'config_error' });
  }
  if (nestsDeeper(value, depthLimit))
    throw new ConnectorError(
      `The ${what} ${path} is nested too deeply to be read: ${depthLimit} levels are the most.`,
      { kind: 'config_error' },
    );
  return { value, source: { name: path, text } };
}

/** JSON.parse quotes the text around the error, which may be a secret; here it is its place and a sentence of its own. */
async function notJson(text: string, path: string, what: string): Promise<string> {
  if (text.trim() === '') return `The ${what} ${path} is empty; a JSON text is expected.`;
  const { firstJsonError } = await import('../util/json/first-json-error.ts');
  const error = firstJsonError(text);
  if (error === undefined) return `The ${what} ${path} is not JSON.`;
  const { line, column } = lineAndColumn(text, error.offset);
  return `The ${what} ${path}:${line}:${column} is not JSON: ${error.problem}.`;
}

export async function readConfig(path: string | undefined): Promise<JsonObject> {
  if (path === undefined)
    throw new ConnectorError('No config given. Name its file with --config FILE.', { kind: 'config_error' });
  const { value: config } = await readInputJson(path, 'config');
  if (!isObject(config))
    throw new ConnectorError(`The config ${path} must be a JSON object.`, { kind: 'config_error' });
  return config;
}
