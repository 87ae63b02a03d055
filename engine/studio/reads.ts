import type { StreamState } from '../contract/families.ts';
import type { Evaluation, Exchange } from '../contract/scope.ts';
import { printThrown } from '../error/print-location.ts';
import { streamNode } from '../manifest/written-streams.ts';
import type { PreviewPage } from '../preview/collect.ts';
import { type PreviewProgress, preview } from '../preview/preview.ts';
import { rateOf } from '../preview/rate.ts';
import { steadyClock } from '../preview/steady-clock.ts';
import { systemClock } from '../time/clock.ts';
import { toJsonText } from '../util/json/to-json-text.ts';
import type { Bench, FinishedRead, OpenedManifest } from './bench.ts';
import { listsIn, lookedAt } from './lists-in.ts';
import type { ElsewhereView, PageView, ReadMessage, ReadRequest } from './messages.ts';
import { endView, pageView, sliceView } from './read-views.ts';
import { redactedLine } from './redacted-line.ts';

/** A read that the page may ask about. */
export interface KeptRead {
  readonly request: ReadRequest;
  readonly opened: OpenedManifest;
  readonly exchanges: readonly Exchange[];
  readonly evaluations: readonly Evaluation[];
  /** Undefined until it is over. */
  readonly finished: FinishedRead | undefined;
}

export interface Reads {
  /** Reads a stream and writes what comes of it, line by line, until it is over or nobody listens. */
  run(
    request: ReadRequest,
    writeLine: (line: string) => Promise<unknown>,
    signal: AbortSignal,
  ): Promise<void>;
  find(id: string): KeptRead | undefined;
}

/** Older ones are forgotten: each has its requests and answers. */
const mostKept = 6;
/** Templates of records are evaluated for each: what the first ones saw says enough. */
const mostEvaluations = 20_000;
/** How often what is new is written, in milliseconds: as often as somebody can see it. */
const interval = 40;

export function createReads(bench: Bench): Reads {
  const kept = new Map<string, KeptRead>();
  let count = 0;

  function keep(id: string, read: KeptRead): void {
    kept.delete(id);
    kept.set(id, read);
    for (const old of [...kept.keys()].slice(0, Math.max(0, kept.size - mostKept))) kept.delete(old);
  }

  return {
    find: (id) => kept.get(id),
    async run(request, writeLine, signal) {
      count += 1;
      const id = String(count);
      let opened: OpenedManifest | undefined;
      const write = (message: ReadMessage) =>
        writeLine(redactedLine(message, opened?.redactor.text ?? ((text) => text)));
      try {
        opened = await bench.open(request.text);
        await write({ type: 'begin', id });
        await read(id, request, opened, write, signal);
      } catch (thrown) {
        await write({ type: 'failed', message: printThrown(thrown) });
      }
    },
  };

  async function read(
    id: string,
    request: ReadRequest,
    opened: OpenedManifest,
    write: (message: ReadMessage) => Promise<unknown>,
    signal: AbortSignal,
  ): Promise<void> {
    const { manifest, config, surroundings } = opened;
    const { stream, pages, slices, records, state } = request;
    const clock = surroundings.clock ?? systemClock;
    const now = Math.floor(clock.now() / 1000) * 1000;
    const evaluations: Evaluation[] = [];
    const teller = createTeller(write, clock.now, lookedAt(streamNode(manifest.root, stream)));
    const states = state === undefined ? undefined : new Map<string, StreamState>([[stream, state]]);
    const reading = preview(manifest, config, {
      stream,
      states,
      limits: { pagesPerSlice: pages, slices, records },
      stopwatch: { now: () => performance.now(), sleep: clock.sleep },
      surroundings: { ...surroundings, signal, clock: steadyClock(now, clock) },
      onEvaluation(evaluation) {
        if (evaluations.length < mostEvaluations) evaluations.push(evaluation);
      },
      onProgress(seen) {
        keep(id, { request, opened, exchanges: seen.exchanges, evaluations, finished: undefined });
        teller.progress(seen);
      },
    });
    const shown = await reading.finally(() => teller.end());
    const finished = { opened, preview: shown, state, now };
    keep(id, { request, opened, exchanges: shown.exchanges, evaluations, finished });
    const rate = rateOf(manifest, shown.exchanges, clock.now());
    await write(endView(shown, { rate, state, isCancelled: signal.aborted }));
  }
}

/** Of the last answer that a page was made of. */
async function listsOf({ events }: PreviewPage): Promise<ElsewhereView['lists']> {
  const [last] = events.flatMap((event) => (event.kind === 'request' ? [event.exchange] : [])).slice(-1);
  if (last === undefined || last.response.status >= 300) return [];
  try {
    return listsIn(JSON.parse(await last.response.text()));
  } catch {
    // Not JSON: another decoder knows what it is.
    return [];
  }
}

/** Writes what has changed since it last did, now and then, and at the end. */
function createTeller(
  write: (message: ReadMessage) => Promise<unknown>,
  now: () => number,
  looked: ReturnType<typeof lookedAt>,
) {
  let seen: PreviewProgress | undefined;
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> = Promise.resolve();
  let slice = 0;
  let told = 0;
  const known = new Map<string, string>();
  const recordsTold = new Map<string, number>();

  async function tell(): Promise<void> {
    if (seen === undefined) return;
    const { slices, exchanges, timeline } = seen;
    const numbers = new Map(exchanges.map((exchange, index) => [exchange, index]));
    const numberOf = (exchange: Exchange) => numbers.get(exchange) ?? -1;
    const viewOf = async (page: PreviewPage): Promise<PageView> => ({
      ...pageView(page, numberOf, now),
      ...(page.counts?.found === 0 && looked && { elsewhere: { ...looked, lists: await listsOf(page) } }),
    });
    const first = slice;
    for (let index = first; index < slices.length; index++) {
      const at = slices[index];
      if (at === undefined) continue;
      slice = index;
      await changed(`${index}`, { type: 'slice', slice: index, view: sliceView(at, numberOf) });
      for (const [page, one] of at.pages.entries()) {
        const key = `${index} ${page}`;
        await changed(key, { type: 'page', slice: index, page, view: await viewOf(one) });
        const from = recordsTold.get(key) ?? 0;
        if (one.records.length <= from) continue;
        recordsTold.set(key, one.records.length);
        await write({ type: 'records', slice: index, page, records: one.records.slice(from) });
      }
    }
    if (timeline.length > told) {
      const events = timeline.slice(told);
      told = timeline.length;
      await write({ type: 'timeline', events });
    }
  }

  async function changed(key: string, message: ReadMessage): Promise<void> {
    const text = toJsonText(message);
    if (known.get(key) === text) return;
    known.set(key, text);
    await write(message);
  }

  return {
    progress(next: PreviewProgress) {
      seen = next;
      timer ??= setTimeout(() => {
        timer = undefined;
        writing = writing.then(tell);
      }, interval);
    },
    async end() {
      clearTimeout(timer);
      await writing.then(tell);
    },
  };
}
