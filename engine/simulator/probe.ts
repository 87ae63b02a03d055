import type { OutgoingRequest } from '../contract/families.ts';
import type { HttpResponse } from '../contract/http-response.ts';
import type { Occasion, ResponseCache, Scope, Transport } from '../contract/scope.ts';
import type { Slice } from '../contract/slice.ts';
import { createCache } from '../http/cache/cache.ts';
import type { Clock } from '../time/clock.ts';
import { virtualClock } from '../time/virtual-clock.ts';
import { createMemo } from '../util/flow/memo.ts';
import { ancestorOf } from '../validate/visit.ts';
import { keyOf } from './answers.ts';
import type { StreamModel } from './stream-model.ts';
import type { World } from './world.ts';

/** Which sides of a window the requests of a stream say. */
export interface Carries {
  readonly start: boolean;
  readonly end: boolean;
}

/** Asks the stream itself which request it would send. */
export interface Probe {
  /** The first request of a slice; undefined when none is sent. */
  first(slice: Slice): Promise<OutgoingRequest | undefined>;
  /** The slices of the stream without a state. Its parents are asked. */
  slices(): AsyncIterable<Slice>;
  /**
   * Reads the pages of a slice, each of which is answered as usual, and tells of every request for records, those for what
   * a hook adds to them included. Gives what it failed with.
   */
  walk(slice: Slice, tell: Tell): Promise<unknown>;
  /** Which sides of its window a request says. */
  carries(slice: Slice): Promise<Carries>;
}

export type Tell = (request: OutgoingRequest, occasion: Occasion) => void;

class Captured extends Error {}

/** `others` answers what has to be asked before: tokens, logins. */
export function createProbe(
  world: World,
  model: StreamModel,
  others: (request: OutgoingRequest, occasion: Occasion | undefined) => Promise<HttpResponse>,
): Probe {
  const { first: opener } = model.parts;
  let captured: OutgoingRequest | undefined;
  const transport: Transport = {
    async send(request, options) {
      if (options?.occasion?.requester !== opener) return others(request, options?.occasion);
      captured = request;
      throw new Captured();
    },
    async close() {},
  };
  const { sync } = world.scope;
  // What is asked is known with the first request: who would wait to try again has nothing to wait for.
  const impatient: Clock = {
    ...sync.clock,
    async sleep() {
      throw new Captured();
    },
  };
  const scope: Partial<Scope> = {
    sync: {
      ...sync,
      http: transport,
      clock: impatient,
      limits: { pagesPerSlice: 1, slices: 1 },
      // What hooks of one read keep among each other, such as whose turn it is, is not that of another read.
      shared: createMemo(),
    },
  };
  const at = ancestorOf(model.retriever, 'Stream');
  const definition = at && world.build(at.node, 'Stream', scope);
  let telling: Tell = () => {};
  const watched: Transport = {
    async send(request, options) {
      const { occasion } = options ?? {};
      if (occasion !== undefined && world.ownerOf(occasion.requester)?.owner.family === 'Retriever')
        telling(request, occasion);
      return others(request, occasion);
    },
    async close() {},
  };
  const watching = (cache: ResponseCache) => {
    const clock = virtualClock(sync.clock.now());
    return at && world.build(at.node, 'Stream', { sync: { ...sync, http: watched, clock, cache } });
  };
  // One question after the other, since there is one place for what is captured.
  let queue: Promise<unknown> = Promise.resolve();

  async function ask(slice: Slice): Promise<OutgoingRequest | undefined> {
    captured = undefined;
    try {
      const opened = definition?.open({ state: undefined });
      // Left after a first page, so that hooks give back what only one reader at a time may have.
      for await (const _page of opened?.read(slice) ?? []) break;
    } catch {
      // Nothing is answered, so nothing can come of it but the request.
    }
    return captured;
  }

  function first(slice: Slice): Promise<OutgoingRequest | undefined> {
    const asked = queue.then(() => ask(slice));
    queue = asked;
    return asked;
  }

  async function keyFor(slice: Slice, start: unknown, end: unknown): Promise<string | undefined> {
    const names = model.cursor?.names ?? { start: '', end: '' };
    const request = await first({
      ...slice,
      cursor: { ...slice.cursor, [names.start]: start, [names.end]: end },
    });
    return request && keyOf(request);
  }

  async function walk(slice: Slice, tell: Tell): Promise<unknown> {
    telling = tell;
    // Some read pages twice, and rest on having kept them.
    const cache = createCache();
    try {
      const pages = watching(cache)?.open({ state: undefined }).read(slice) ?? [];
      for await (const _page of pages);
      return undefined;
    } catch (error) {
      // What could be read is told of.
      return error;
    } finally {
      telling = () => {};
      await cache.close();
    }
  }

  return {
    first,
    async *slices() {
      const cache = createCache();
      try {
        yield* watching(cache)?.open({ state: undefined }).slices() ?? [];
      } finally {
        await cache.close();
      }
    },
    walk,
    async carries(slice) {
      const { cursor } = model;
      if (cursor === undefined) return { start: false, end: false };
      const start = slice.cursor[cursor.names.start];
      const end = slice.cursor[cursor.names.end];
      if (cursor.kind === 'count') {
        const [from, later] = [await keyFor(slice, start, end), await keyFor(slice, 1_000_003, end)];
        return { start: from !== later, end: false };
      }
      // A window of another length has another start, and another end.
      const other = cursor.written(Date.UTC(2001, 1, 3, 4, 5, 6), false);
      const value = cursor.inSlice(other.position);
      const whole = await keyFor(slice, start, end);
      return {
        start: whole !== (await keyFor(slice, value, end)),
        end: whole !== (await keyFor(slice, start, value)),
      };
    },
  };
}
