import type { OutgoingRequest } from '../contract/families.ts';
import type { Occasion } from '../contract/scope.ts';
import { emptySlice, type Slice } from '../contract/slice.ts';
import { toJsonText } from '../util/json/to-json-text.ts';
import { type ComponentAt, childIn } from '../validate/visit.ts';
import type { SimulatedAnswer } from './answers.ts';
import type { Window } from './cursor-model.ts';
import type { KnownStreams } from './known-streams.ts';
import type { LiveRecords } from './live-records.ts';
import { pageOf } from './page-of.ts';
import { nextToken } from './page-trials.ts';
import type { RawRecord } from './raw-records.ts';
import { requestedSize } from './requested-size.ts';
import type { StoredRecords } from './stored-records.ts';
import type { StreamModel } from './stream-model.ts';

/** Answers requests for pages of records. */
export interface PageAnswers {
  page(request: OutgoingRequest, occasion: Occasion, retriever: ComponentAt): Promise<SimulatedAnswer>;
  /** Does work whose requests change nothing about where readers are. */
  aside(work: () => Promise<unknown>): Promise<void>;
}

/** Where a token leads. */
interface PlaceOfPage {
  readonly page: number;
  /** Records on the pages before. */
  readonly offset: number;
  /** The last of them, after which a token goes on. */
  readonly after: RawRecord | undefined;
}

const firstPage: PlaceOfPage = { page: 0, offset: 0, after: undefined };

export interface PageAnswersOptions {
  readonly streams: KnownStreams;
  readonly stored: StoredRecords;
  /** Pages have a record less than was asked for. */
  readonly hasShortPages: boolean;
}

export function createPageAnswers({ streams, stored, hasShortPages }: PageAnswersOptions): PageAnswers {
  const places = new Map<string, PlaceOfPage>();
  let isAside = false;

  async function page(
    request: OutgoingRequest,
    occasion: Occasion,
    retriever: ComponentAt,
  ): Promise<SimulatedAnswer> {
    const model = await streams.model(retriever);
    if (streams.reportOf(model.name) === undefined) streams.report({ stream: model.name });
    const slice = occasion.slice ?? emptySlice;
    const paging = await streams.paging(model, slice, request);
    const isOnePage = paging.problem !== undefined || model.strategy === undefined;
    const asked = isOnePage ? undefined : servedSize(requestedSize(request) ?? paging.size);
    const size = model.placing.isSingle ? 1 : asked;
    const partition = await stored.partition(model, slice, size);
    const window = model.cursor && (await askedWindow(model, slice));
    const now = partition.list();
    const all = window === undefined ? now : now.filter(isIn(window));
    const scope = toJsonText([model.name, slice.partition, window]);
    const at = places.get(`${scope} ${toJsonText(occasion.token ?? null)}`) ?? firstPage;
    const start =
      at.after === undefined || isCounted(model) ? at.offset : startAfter(at.after, partition, all);
    const records = all.slice(start, size === undefined ? undefined : start + size);
    const raws = records.map(({ answered }) => answered);
    const place = {
      page: at.page,
      pages: size === undefined ? 1 : Math.max(1, Math.ceil(all.length / size)),
      offset: at.offset,
      count: raws.length,
      total: all.length,
      size: size ?? all.length,
      isLast: start + raws.length >= all.length,
      url: request.url.href,
      params: paging.params,
    };
    const { document, headers } = pageOf(model.placing, paging.words, place, raws);
    if (!isOnePage && !model.encoding.isRecordByRecord) {
      const next = await nextToken(
        {
          paginator: model.paginator,
          slice,
          emitted: async (raw) => (await model.selected(raw, slice).catch(() => raw)) ?? raw,
        },
        { place, document, headers, last: raws.at(-1), token: occasion.token },
      ).catch(() => undefined);
      const key = `${scope} ${toJsonText(next ?? null)}`;
      if (next !== undefined && !(isAside && places.has(key)))
        places.set(key, { page: at.page + 1, offset: at.offset + raws.length, after: records.at(-1) });
    }
    return {
      status: 200,
      headers: [['content-type', model.encoding.contentType], ...headers],
      body: model.encoding.encode(document),
    };
  }

  function servedSize(size: number | undefined): number | undefined {
    return hasShortPages && size !== undefined ? Math.max(1, size - 1) : size;
  }

  /** What the request says of the window of its slice. */
  async function askedWindow(model: StreamModel, slice: Slice): Promise<Window> {
    const window = model.cursor?.windowOf(slice) ?? { start: 0, end: 0 };
    const carries = await streams.carries(model, slice);
    return {
      start: carries.start ? window.start : Number.NEGATIVE_INFINITY,
      end: carries.end ? window.end : Number.POSITIVE_INFINITY,
    };
  }

  return Object.freeze<PageAnswers>({
    page,
    async aside(work) {
      isAside = true;
      try {
        await work();
      } finally {
        isAside = false;
      }
    },
  });
}

function isIn({ start, end }: Window): (record: RawRecord) => boolean {
  return ({ inRequest: position }) => position === undefined || (position >= start && position <= end);
}

/** Pages by number and offset move on when records before them go. */
function isCounted({ paginatorAt }: StreamModel): boolean {
  const { counts } = childIn(paginatorAt, 'pagination_strategy')?.traits ?? {};
  return counts === 'pages' || counts === 'records';
}

/** The index of the first of these records that comes after another one, which may be gone. */
function startAfter(after: RawRecord, partition: LiveRecords, all: readonly RawRecord[]): number {
  const order = new Map(partition.list().map((record, index) => [record, index]));
  const index = partition.indexAfter(after);
  const start = all.findIndex((record) => (order.get(record) ?? 0) >= index);
  return start === -1 ? all.length : start;
}
