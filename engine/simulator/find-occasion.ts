import type { OutgoingRequest } from '../contract/families.ts';
import type { Occasion } from '../contract/scope.ts';
import type { Slice } from '../contract/slice.ts';
import { remembered } from '../util/flow/remembered.ts';
import { tryTo } from '../util/flow/try-to.ts';
import type { JsonObject } from '../util/json/json.ts';
import type { Probe } from './probe.ts';
import { asksTheSame, wordsOf } from './same-question.ts';
import type { StreamModel } from './stream-model.ts';

/** Partitions of a stream that are tried, at most. */
const mostPartitions = 2000;

/**
 * The slice whose first request this is, found by asking the stream which request it would send for one slice after the
 * other; undefined when it is none of them. Windows are guessed from what stands in the request, and every guess is asked.
 */
export async function findOccasion(
  request: OutgoingRequest,
  model: StreamModel,
  probe: Probe,
  config: JsonObject,
): Promise<Occasion | undefined> {
  const { first: opener } = model.parts;
  if (opener === undefined) return undefined;
  const words = wordsOf(request);
  const seen = new Set<string>();
  for (const slice of await remembered(known, model, () => listed(probe))) {
    const key = JSON.stringify(slice.partition);
    if (seen.has(key) || !mentions(words, slice.partition)) continue;
    seen.add(key);
    for (const window of windowsFor(slice, model, words)) {
      const tried: Slice = { ...slice, cursor: { ...slice.cursor, ...window } };
      const asked = await probe.first(tried);
      if (asked === undefined || !asksTheSame(asked, request, config)) continue;
      return {
        requester: opener,
        stream: model.name,
        purpose: undefined,
        slice: tried,
        token: undefined,
      };
    }
  }
  return undefined;
}

const known = new WeakMap<StreamModel, Promise<readonly Slice[]>>();

async function listed(probe: Probe): Promise<readonly Slice[]> {
  const slices: Slice[] = [];
  for await (const slice of probe.slices()) {
    slices.push(slice);
    if (slices.length >= mostPartitions) break;
  }
  return slices;
}

/** A request for a partition has its value somewhere. */
function mentions(words: readonly string[], partition: JsonObject): boolean {
  const values = Object.entries(partition).filter(([name]) => name !== 'parent_slice');
  return values.every(
    ([, value]) => typeof value === 'object' || words.some((word) => word.includes(String(value))),
  );
}

/** The window of the slice, and those whose start and end are in the request. */
function* windowsFor(slice: Slice, { cursor }: StreamModel, words: readonly string[]): Generator<JsonObject> {
  yield {};
  if (cursor === undefined) return;
  const { start, end } = cursor.names;
  const values = new Set<unknown>();
  for (const word of words) {
    const position = tryTo(() => cursor.positionOf(word));
    if (position !== undefined && Number.isFinite(position)) values.add(cursor.inSlice(position));
  }
  for (const from of [...values, slice.cursor[start]])
    for (const to of [...values, slice.cursor[end]]) yield { [start]: from, [end]: to };
}
