import { computed, signal } from '@preact/signals';
import type { TimelineEvent } from '../../engine/preview/timeline.ts';
import type { PageView, ReadEnd, SliceView } from '../../engine/studio/messages.ts';
import type { JsonObject } from '../../engine/util/json/json.ts';
import { readStream } from './api.ts';
import { complain } from './file.ts';

export type RecordRow = {
  readonly record: unknown;
  /** Why it was left out; undefined for one that was emitted. */
  readonly dropped: { readonly by: string; readonly line: number | undefined } | undefined;
};

export interface ReadPage {
  readonly view: PageView;
  readonly rows: readonly RecordRow[];
}

export interface ReadSlice {
  readonly view: SliceView;
  readonly pages: readonly ReadPage[];
}

/** A test read as it is known so far. */
export interface StreamReading {
  readonly id: string | undefined;
  readonly stream: string;
  /** What was read: the text of the editor at that time. */
  readonly text: string;
  readonly slices: readonly ReadSlice[];
  readonly timeline: readonly TimelineEvent[];
  readonly end: ReadEnd | undefined;
  readonly failure: string | undefined;
}

export const reading = signal<StreamReading | undefined>(undefined);
export const isReading = signal(false);
export const limits = signal({ pages: 3, slices: 2, records: 10_000 });
/** JSON of the state that the next read begins with; empty for none. */
export const stateBefore = signal('');
export const selected = signal<{ readonly slice: number; readonly page: number }>({ slice: 0, page: 0 });

export const selectedPage = computed(() => {
  const { slice, page } = selected.value;
  return reading.value?.slices[slice]?.pages[page];
});

export const totals = computed(() => {
  const pages = reading.value?.slices.flatMap((slice) => slice.pages) ?? [];
  const sum = (of: (page: ReadPage) => number) => pages.reduce((total, page) => total + of(page), 0);
  return {
    slices: reading.value?.slices.length ?? 0,
    pages: pages.length,
    emitted: sum(({ view }) => view.counts?.emitted ?? 0),
    dropped: sum(({ view }) => view.drops.reduce((all, { records }) => all + records.length, 0)),
    requests: reading.value?.timeline.filter(({ kind }) => kind === 'request').length ?? 0,
  };
});

let stop: AbortController | undefined;

export function cancelReading(): void {
  stop?.abort();
}

/** Reads a little of a stream; whatever is being read is cancelled. */
export async function startReading(stream: string, text: string): Promise<void> {
  cancelReading();
  const own = new AbortController();
  stop = own;
  const pages = new Map<string, { view: PageView; emitted: unknown[] }>();
  const slices: { view: SliceView; pages: ReadPage[] }[] = [];
  const update = (change: Partial<StreamReading>) => {
    if (stop === own && reading.value !== undefined) reading.value = { ...reading.value, ...change };
  };
  let isChosen = false;
  isReading.value = true;
  selected.value = { slice: 0, page: 0 };
  reading.value = {
    id: undefined,
    stream,
    text,
    slices: [],
    timeline: [],
    end: undefined,
    failure: undefined,
  };
  try {
    const state = stateGiven();
    for await (const message of readStream(
      { text, stream, ...limits.value, ...(state !== undefined && { state }) },
      own.signal,
    )) {
      switch (message.type) {
        case 'begin':
          update({ id: message.id });
          break;
        case 'slice':
          slices[message.slice] = { pages: [], ...slices[message.slice], view: message.view };
          update({ slices: [...slices] });
          break;
        case 'page':
        case 'records': {
          const key = `${message.slice} ${message.page}`;
          const before = pages.get(key);
          if (message.type === 'page') pages.set(key, { emitted: before?.emitted ?? [], view: message.view });
          else if (before !== undefined) before.emitted.push(...message.records);
          const page = pages.get(key);
          const slice = slices[message.slice];
          if (page === undefined || slice === undefined) break;
          slice.pages = [...slice.pages];
          slice.pages[message.page] = { view: page.view, rows: rowsOf(page.emitted, page.view) };
          slices[message.slice] = { ...slice };
          update({ slices: [...slices] });
          if (stop === own && !isChosen && message.type === 'records') {
            // The first page with records is what people want to see.
            isChosen = true;
            selected.value = { slice: message.slice, page: message.page };
          }
          break;
        }
        case 'timeline':
          update({ timeline: [...(reading.value?.timeline ?? []), ...message.events] });
          break;
        case 'end':
          update({ end: message });
          break;
        case 'failed':
          update({ failure: message.message });
      }
    }
  } catch (thrown) {
    if (own.signal.aborted) update({ failure: undefined });
    else if (thrown instanceof NoState) update({ failure: thrown.message });
    else complain(thrown);
  } finally {
    if (stop === own) isReading.value = false;
  }
}

class NoState extends Error {}

function stateGiven(): JsonObject | undefined {
  const text = stateBefore.value.trim();
  try {
    return text === '' ? undefined : JSON.parse(text);
  } catch (thrown) {
    throw new NoState(`The state is not JSON: ${thrown instanceof Error ? thrown.message : thrown}`);
  }
}

function rowsOf(emitted: readonly unknown[], { drops }: PageView): readonly RecordRow[] {
  return [
    ...emitted.map((record) => ({ record, dropped: undefined })),
    ...drops.flatMap(({ by, line, records }) => records.map((record) => ({ record, dropped: { by, line } }))),
  ];
}
