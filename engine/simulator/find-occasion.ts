import type { OutgoingRequest } from '../contract/families.ts';
import type { Occasion } from '../contract/scope.ts';
import type { Slice } from '../contract/slice.ts';
import { remembered } from '../util/flow/remembered.ts';
import { tryTo } from '../util/flow/try-to.ts';
import type { JsonObject } from '../util/json/json.ts';
import type { Probe } from './probe.ts';
import { asksTheSame, isOfShape, wordsOf } from './same-question.ts';
import { shiftedWindow } from './shifted-window.ts';
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
    const own = await firstOf(slice, model, probe);
    // Whatever its window, a slice is asked for in the same place.
    if (own === undefined || !isOfShape(own, request, config)) continue;
    const occasion = { requester: opener, stream: model.name, purpose: undefined, token: undefined };
    if (asksTheSame(own, request, config)) return { ...occasion, slice };
    for await (const window of windowsFor(slice, own, { request, model, probe, words })) {
      const tried: Slice = { ...slice, cursor: { ...slice.cursor, ...window } };
      const asked = await probe.first(tried);
      if (asked !== undefined && asksTheSame(asked, request, config)) return { ...occasion, slice: tried };
    }
  }
  return undefined;
}

const known = new WeakMap<StreamModel, Promise<readonly Slice[]>>();
const firsts = new WeakMap<StreamModel, Map<Slice, Promise<OutgoingRequest | undefined>>>();

/** What the stream asks for a slice of its own: one request is compared with those of all slices, and the next one again. */
function firstOf(slice: Slice, model: StreamModel, probe: Probe): Promise<OutgoingRequest | undefined> {
  const asked = remembered(firsts, model, () => new Map<Slice, Promise<OutgoingRequest | undefined>>());
  return remembered(asked, slice, () => probe.first(slice));
}

async function listed(probe: Probe): Promise<readonly Slice[]> {
  const slices: Slice[] = [];
  for await (const slice of probe.slices()) {
    slices.push(slice);
    if (slices.length >= mostPartitions) break;
  }
  return slices;
}

/** A request for a partition has its value somewhere; of several, some may only be in the requests that follow it. */
function mentions(words: readonly string[], partition: JsonObject): boolean {
  const values = Object.entries(partition).flatMap(([name, value]) =>
    name === 'parent_slice' || typeof value === 'object' ? [] : [String(value)],
  );
  return values.length === 0 || values.some((value) => words.some((word) => word.includes(value)));
}

interface Asked {
  readonly request: OutgoingRequest;
  readonly model: StreamModel;
  readonly probe: Probe;
  readonly words: readonly string[];
}

/** Windows that the request may be for: the likeliest by how requests follow windows, then those that are written in it. */
async function* windowsFor(
  slice: Slice,
  own: OutgoingRequest,
  { request, model, probe, words }: Asked,
): AsyncGenerator<JsonObject> {
  const { cursor } = model;
  if (cursor === undefined) return;
  const shifted = await shiftedWindow(slice, own, { request, cursor, probe });
  if (shifted !== undefined) yield shifted;
  const { start, end } = cursor.names;
  const values = new Set<unknown>();
  for (const word of words) {
    const position = tryTo(() => cursor.positionOf(word));
    if (position !== undefined && Number.isFinite(position)) values.add(cursor.inSlice(position));
  }
  for (const from of [...values, slice.cursor[start]])
    for (const to of [...values, slice.cursor[end]]) yield { [start]: from, [end]: to };
}
