import * as z from 'zod';
import type { StreamState } from '../contract/families.ts';
import { ConnectorError } from '../error/connector-error.ts';
import type { Source } from '../error/place.ts';
import { isObject, type JsonObject } from '../util/json/json.ts';
import { describable, describeIssue, placesOf } from './describe-issue.ts';

const streamMessage = z.looseObject({
  type: z.string().nullish(),
  stream: z
    .looseObject({
      stream_descriptor: z.looseObject({ name: z.string(), namespace: z.string().nullish() }),
      stream_state: z.record(z.string(), z.unknown()).nullish(),
    })
    .nullish(),
  global: z
    .looseObject({
      stream_states: z.array(
        z.looseObject({
          stream_descriptor: z.looseObject({ name: z.string() }),
          stream_state: z.record(z.string(), z.unknown()).nullish(),
        }),
      ),
    })
    .nullish(),
  data: z.record(z.string(), z.unknown()).nullish(),
});

/**
 * The state of every stream from a state file, which is one of: today's list of per-stream messages (bare, or inside
 * `{type: STATE}`), a global state, the old mapping of stream names to states, or what older Singer wrappers keep,
 * which is the inside of the last message.
 */
export function parseState(value: unknown, source: Source): ReadonlyMap<string, StreamState> {
  const states = new Map<string, StreamState>();
  if (value === null || value === undefined) return states;
  if (isObject(value) && 'stream_descriptor' in value) return parseState([{ stream: value }], source);
  if (isObject(value) && !('type' in value) && !('stream' in value)) return legacyStates(value, source);
  for (const [index, item] of (Array.isArray(value) ? value : [value]).entries()) {
    const isWrapped = isObject(item) && isObject(item.state);
    const result = streamMessage.safeParse(isWrapped ? item.state : item, describable);
    const outer = [...(Array.isArray(value) ? [index] : []), ...(isWrapped ? ['state'] : [])];
    if (!result.success) {
      const [issue] = result.error.issues as [z.core.$ZodIssue];
      const path = [...outer, ...issue.path];
      throw malformed(source, describeIssue({ ...issue, path }), path);
    }
    const { stream, global, data } = result.data;
    if (stream) states.set(stream.stream_descriptor.name, stream.stream_state ?? {});
    else if (global)
      for (const { stream_descriptor, stream_state } of global.stream_states)
        states.set(stream_descriptor.name, stream_state ?? {});
    else if (data)
      for (const [name, state] of legacyStates(data, source, [...outer, 'data'])) states.set(name, state);
    else throw malformed(source, 'a message has neither "stream" nor "global" nor "data"', outer);
  }
  return states;
}

function legacyStates(
  value: JsonObject,
  source: Source,
  path: readonly PropertyKey[] = [],
): ReadonlyMap<string, StreamState> {
  const states = new Map<string, StreamState>();
  for (const [name, state] of Object.entries(value)) {
    if (!isObject(state))
      throw malformed(source, `the state of stream "${name}" is not a mapping`, [...path, name]);
    states.set(name, state);
  }
  return states;
}

function malformed(source: Source, why: string, path: readonly PropertyKey[]): ConnectorError {
  return new ConnectorError(
    `The state ${source.name} cannot be used: ${why}. Expected a list of {"type": "STREAM", "stream": {"stream_descriptor": {"name": …}, "stream_state": {…}}}.`,
    { kind: 'config_error', nodes: placesOf(source, path) },
  );
}
