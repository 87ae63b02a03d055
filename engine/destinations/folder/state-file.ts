import { readFile, rename, writeFile } from 'node:fs/promises';
import type { StreamState } from '../../contract/families.ts';
import { ConnectorError } from '../../error/connector-error.ts';
import { writing } from '../../error/writing.ts';
import { parseState } from '../../protocol/state-input.ts';
import { parseJson } from '../../util/json/parse-json.ts';
import { toJsonText } from '../../util/json/to-json-text.ts';
import { messageOf } from '../../util/text/message-of.ts';
import { isThere } from '../is-there.ts';

/** How far each stream of a folder is read. */
export interface KeptStates {
  readonly states: Map<string, StreamState>;
  /** Bytes of a stream's file that its state covers, where that is known. */
  readonly sizes: Map<string, number>;
}

/** Nothing where there is no such file. Throws ConnectorError (config_error) where it is not one. */
export async function readStateFile(path: string): Promise<KeptStates> {
  if (!(await isThere(path))) return { states: new Map(), sizes: new Map() };
  try {
    const text = await readFile(path, 'utf8');
    const messages = readJson(text, path);
    const states = parseState(messages, { name: path, text });
    const sizes = (Array.isArray(messages) ? messages : []).flatMap(({ stream, bytes }) =>
      typeof bytes === 'number' ? [[String(stream?.stream_descriptor?.name), bytes] as const] : [],
    );
    return { states: new Map(states), sizes: new Map(sizes) };
  } catch (cause) {
    const why = messageOf(cause);
    throw new ConnectorError(`${why} Fix it, or remove it to start from the beginning.`, {
      kind: 'config_error',
      cause,
    });
  }
}

function readJson(text: string, path: string): unknown {
  try {
    return parseJson(text);
  } catch {
    throw new ConnectorError(`The state ${path} is not JSON.`, { kind: 'config_error' });
  }
}

/** In one step: readers see the file of before, or this one. */
export async function writeStateFile(path: string, { states, sizes }: KeptStates): Promise<void> {
  const messages = [...states].map(([name, stream_state]) => ({
    type: 'STREAM',
    stream: { stream_descriptor: { name }, stream_state },
    // In the same file as the state: only together do they say what a killed sync has left behind.
    bytes: sizes.get(name),
  }));
  const part = `${path}.part`;
  await writing(path, async () => {
    await writeFile(part, `${toJsonText(messages)}\n`);
    await rename(part, path);
  });
}
