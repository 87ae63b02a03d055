import type { Manifest } from '../connector/load-manifest.ts';
import type { OutgoingRequest } from '../contract/families.ts';
import type { HttpResponse } from '../contract/http-response.ts';
import type { Occasion, Transport, TransportOptions } from '../contract/scope.ts';
import { emptySlice, type Slice, type Token } from '../contract/slice.ts';
import { createResponse, responseHeaders } from '../http/wire/response.ts';
import type { MappingNode } from '../manifest/node.ts';
import type { Clock } from '../time/clock.ts';
import type { JsonObject } from '../util/json/json.ts';
import { toJsonText } from '../util/json/to-json-text.ts';
import { messageOf } from '../util/text/message-of.ts';
import { ancestorOf, type ComponentAt, childIn, textIn } from '../validate/visit.ts';
import { jsonAnswer, keyOf, type SimulatedAnswer } from './answers.ts';
import type { Window } from './cursor-model.ts';
import { positionsIn } from './data-set.ts';
import { findOccasion } from './find-occasion.ts';
import { answerJob, isJobField } from './jobs.ts';
import { createLiveRecords, type Edit, type LiveRecords } from './live-records.ts';
import { loginBody, loginOf, tokenBody } from './logins.ts';
import { findPaging, nextToken, type Paging, pageOf } from './paging.ts';
import { CannotSimulate } from './place-records.ts';
import { type Carries, createProbe, type Probe } from './probe.ts';
import type { RawRecord } from './raw-records.ts';
import { requestedSize } from './requested-size.ts';
import { retrieversIn } from './retrievers-in.ts';
import { asksTheSame } from './same-question.ts';
import { createStreamModel, type StreamModel } from './stream-model.ts';
import type { Volume } from './volume.ts';
import { createWorld, type World } from './world.ts';

export interface SimulatorOptions {
  readonly manifest: Manifest;
  readonly config: JsonObject;
  readonly clock: Clock;
  readonly readFile?: (path: string) => Promise<string | undefined>;
  readonly volume: Volume;
  /** All records lie in the first window of this stream, where there are pages to be had. */
  readonly isDense?: (stream: string) => boolean;
  readonly seed?: number;
  /** Integers beyond 2^53. */
  readonly hasLargeIntegers?: boolean;
  /** Pages have a record less than was asked for. */
  readonly hasShortPages?: boolean;
  /** Changes an answer, or takes its place, before it leaves. */
  readonly interfere?: Interfere;
}

/** Told of every request for records; what it returns is answered instead. */
export type Interfere = (
  request: OutgoingRequest,
  about: PageAbout,
  answer: () => Promise<SimulatedAnswer>,
) => Promise<SimulatedAnswer>;

export interface PageAbout {
  readonly stream: string;
  /** The component and its field that the requester is in. */
  readonly owner: ComponentAt | undefined;
  readonly requester: MappingNode | undefined;
  readonly slice: Slice;
  readonly token: Token | undefined;
}

/** What the simulator knows of a stream. */
export interface StreamReport {
  readonly stream: string;
  /** Why its API cannot be made out of the manifest. */
  readonly reason?: string | undefined;
  /** Why there is only one page. */
  readonly paging?: string | undefined;
}

export interface Simulator {
  /** For connectors in this process: it is told what each request is for. */
  readonly transport: Transport;
  answer(request: OutgoingRequest, occasion: Occasion | undefined): Promise<SimulatedAnswer>;
  /** For whoever sends nothing but HTTP: finds out which page of which stream is asked for. */
  serve(request: OutgoingRequest): Promise<SimulatedAnswer>;
  /** The streams that stand in the manifest, each tried by its first slice, with why some of them cannot be simulated. */
  survey(): Promise<readonly StreamReport[]>;
  /** Of the streams that were asked for so far. */
  reports(): readonly StreamReport[];
  /** The records that were offered of a stream, over all partitions that were asked for. */
  offered(stream: string): readonly RawRecord[];
  /** Those that there are now: what was created while they were read, without what was deleted. */
  current(stream: string): readonly RawRecord[];
  /** Creates, updates or deletes a record of what was asked for so far; undefined when there is none. */
  edit(random: () => number): Edit | undefined;
  /** What a stream's answers are made of; undefined when it was not asked for, or cannot be. */
  model(stream: string): Promise<StreamModel | undefined>;
  pagingOf(stream: string): Paging | undefined;
  carriesOf(stream: string): Carries | undefined;
}

/** A request that is recognised, with what it is for. */
interface Served {
  readonly asked: OutgoingRequest;
  readonly occasion: Occasion;
  readonly model: StreamModel;
  readonly slice: Slice;
  /** How many there had been. */
  readonly edits: number;
}

interface PlaceOfPage {
  readonly page: number;
  /** Records on the pages before. */
  readonly offset: number;
  /** The last of them, after which a token goes on. */
  readonly after: RawRecord | undefined;
}

/** An API made out of a manifest. Everything is made when it is first asked for. */
export function createSimulator(options: SimulatorOptions): Simulator {
  const { manifest, config, clock, volume, seed = 7 } = options;
  const readFile = options.readFile ?? (async () => undefined);
  let made: World | undefined;
  const models = new Map<ComponentAt, Promise<StreamModel>>();
  const byName = new Map<string, StreamModel>();
  const reports = new Map<string, StreamReport>();
  const partitions = new Map<string, Promise<LiveRecords>>();
  const offered = new Map<string, RawRecord[]>();
  const pagings = new Map<StreamModel, Promise<Paging>>();
  const knownPaging = new Map<string, Paging>();
  const probes = new Map<StreamModel, Probe>();
  const carried = new Map<StreamModel, Promise<Carries>>();
  const knownCarries = new Map<string, Carries>();
  const places = new Map<string, PlaceOfPage>();
  const live = new Map<string, LiveRecords[]>();
  let edits = 0;
  let isWalking = false;
  const answers = new Map<string, Promise<SimulatedAnswer>>();

  function world(): World {
    made ??= createWorld({ manifest, config, clock, transport, readFile });
    return made;
  }

  function modelOf(retriever: ComponentAt): Promise<StreamModel> {
    let known = models.get(retriever);
    if (known === undefined) {
      known = createStreamModel(world(), retriever, {
        seed,
        hasLargeIntegers: options.hasLargeIntegers === true,
      });
      models.set(retriever, known);
      known.then(
        (model) => {
          if (!byName.has(model.name)) byName.set(model.name, model);
        },
        () => {},
      );
    }
    return known;
  }

  async function partitionOf(
    model: StreamModel,
    slice: Slice,
    size: number | undefined,
  ): Promise<LiveRecords> {
    const key = toJsonText([model.name, slice.partition]);
    let known = partitions.get(key);
    if (known === undefined) {
      known = makePartition(model, slice, size);
      partitions.set(key, known);
    }
    return known;
  }

  async function makePartition(
    model: StreamModel,
    { partition }: Slice,
    size: number | undefined,
  ): Promise<LiveRecords> {
    const { cursor, name } = model;
    const isPartition = Object.keys(partition).length > 0;
    const isOne = isDetail(model, partition) || (model.placing.isSingle && model.strategy === undefined);
    const count = Math.min(volume(name, isPartition, size), isOne ? 1 : Number.POSITIVE_INFINITY);
    const positions =
      cursor === undefined ? undefined : await positionsIn(cursor, count, options.isDense?.(name) === true);
    const records = createLiveRecords(model, partition, count, positions);
    offered.set(name, [...(offered.get(name) ?? []), ...records.list()]);
    // What is one record of a partition has no others.
    if (!isOne) live.set(name, [...(live.get(name) ?? []), records]);
    return records;
  }

  /** What is asked for by its parent's key, and has no list of its own, is one record. */
  function isDetail({ placing, strategy }: StreamModel, partition: JsonObject): boolean {
    return Object.keys(partition).length > 0 && placing.path.length === 0 && strategy === undefined;
  }

  function probeOf(model: StreamModel): Probe {
    let known = probes.get(model);
    if (known === undefined) {
      known = createProbe(world(), model, (request, occasion) => send(request, { occasion }));
      probes.set(model, known);
    }
    return known;
  }

  function carriesFor(model: StreamModel, slice: Slice): Promise<Carries> {
    let known = carried.get(model);
    if (known === undefined) {
      known = probeOf(model).carries(slice);
      carried.set(model, known);
      known.then((carries) => knownCarries.set(model.name, carries)).catch(() => {});
    }
    return known;
  }

  function pagingFor(model: StreamModel, slice: Slice, request: OutgoingRequest): Promise<Paging> {
    let known = pagings.get(model);
    if (known === undefined) {
      known = findPaging({
        paginator: model.newPaginator,
        strategy: model.strategy,
        node: model.paginatorAt?.node,
        placing: model.placing,
        record: (number) => model.records.make(slice.partition, number, undefined).raw,
        emitted: async (raw) => (await model.emitted(raw, slice).catch(() => raw)) ?? raw,
        slice,
        url: request.url.href,
        requestedSize: model.placing.isSingle ? 1 : requestedSize(request),
      });
      pagings.set(model, known);
      known.then(
        (paging) => {
          knownPaging.set(model.name, paging);
          if (paging.problem !== undefined) report({ stream: model.name, paging: paging.problem });
        },
        () => {},
      );
    }
    return known;
  }

  function servedSize(size: number | undefined): number | undefined {
    return options.hasShortPages === true && size !== undefined ? Math.max(1, size - 1) : size;
  }

  function report(known: StreamReport): void {
    reports.set(known.stream, { ...reports.get(known.stream), ...known });
  }

  async function pageAnswer(
    request: OutgoingRequest,
    occasion: Occasion,
    owner: ComponentAt,
  ): Promise<SimulatedAnswer> {
    const model = await modelOf(owner);
    if (!reports.has(model.name)) report({ stream: model.name });
    const slice = occasion.slice ?? emptySlice;
    const paging = await pagingFor(model, slice, request);
    const isOnePage = paging.problem !== undefined || model.strategy === undefined;
    const asked = isOnePage ? undefined : servedSize(requestedSize(request) ?? paging.size);
    const size = model.placing.isSingle ? 1 : asked;
    const partition = await partitionOf(model, slice, size);
    const window = model.cursor && (await askedWindow(model, slice));
    const now = partition.list();
    const all = window === undefined ? now : now.filter(isIn(window));
    const scope = toJsonText([model.name, slice.partition, window]);
    const first = occasion.token ?? null;
    const at: PlaceOfPage = places.get(`${scope} ${toJsonText(first)}`) ?? {
      page: 0,
      offset: 0,
      after: undefined,
    };
    const start =
      at.after === undefined || isCounted(model) ? at.offset : startAfter(at.after, partition, all);
    const records = all.slice(start, size === undefined ? undefined : start + size);
    const raws = records.map(({ raw }) => raw);
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
          emitted: async (raw) => (await model.emitted(raw, slice).catch(() => raw)) ?? raw,
        },
        { place, document, headers, last: raws.at(-1), token: occasion.token },
      ).catch(() => undefined);
      const key = `${scope} ${toJsonText(next ?? null)}`;
      if (next !== undefined && !(isWalking && places.has(key)))
        places.set(key, {
          page: at.page + 1,
          offset: at.offset + raws.length,
          after: records.at(-1),
        });
    }
    return {
      status: 200,
      headers: [['content-type', model.encoding.contentType], ...headers],
      body: model.encoding.encode(document),
    };
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

  function edit(random: () => number): Edit | undefined {
    const partitionsOf = [...live.values()].flat();
    const records = partitionsOf[Math.floor(random() * partitionsOf.length)];
    const kind = (['updated', 'created', 'deleted'] as const)[Math.floor(random() * 3)] ?? 'updated';
    edits += 1;
    const done = records?.edit(kind, random(), clock.now() + edits * 1000);
    // The same question has another answer now.
    if (done !== undefined) answers.clear();
    return done;
  }

  /** What the request says of the window of its slice. */
  async function askedWindow(model: StreamModel, slice: Slice): Promise<Window> {
    const window = model.cursor?.windowOf(slice) ?? { start: 0, end: 0 };
    const carries = await carriesFor(model, slice);
    return {
      start: carries.start ? window.start : Number.NEGATIVE_INFINITY,
      end: carries.end ? window.end : Number.POSITIVE_INFINITY,
    };
  }

  function isIn({ start, end }: Window): (record: RawRecord) => boolean {
    return ({ inRequest: position }) => position === undefined || (position >= start && position <= end);
  }

  async function answer(request: OutgoingRequest, occasion: Occasion | undefined): Promise<SimulatedAnswer> {
    if (occasion === undefined) return jsonAnswer(tokenBody(world()));
    const found = world().ownerOf(occasion.requester);
    if (found === undefined) throw new CannotSimulate('its components are made at run time');
    const { owner, field } = found;
    if (owner.family === 'Retriever' && isJobField(field)) {
      return answerJob({ world: world(), owner, field, request, occasion, seed, volume });
    }
    if (owner.family === 'Retriever') {
      const stream = occasion.stream ?? '';
      const about: PageAbout = {
        stream,
        owner,
        requester: occasion.requester,
        slice: occasion.slice ?? emptySlice,
        token: occasion.token,
      };
      occasions.set(`${stream}\n${keyOf(request)}`, occasion);
      const regular = () => once(request, stream, () => pageAnswer(request, occasion, owner));
      return options.interfere === undefined ? regular() : options.interfere(request, about, regular);
    }
    return jsonAnswer(loginBody(owner, world()));
  }

  /** The same question has the same answer. */
  function once(
    request: OutgoingRequest,
    stream: string,
    make: () => Promise<SimulatedAnswer>,
  ): Promise<SimulatedAnswer> {
    const key = `${stream}\n${keyOf(request)}`;
    let known = answers.get(key);
    if (known === undefined) {
      known = make();
      answers.set(key, known);
    }
    return known;
  }

  async function send(
    request: OutgoingRequest,
    { occasion, signal }: TransportOptions = {},
  ): Promise<HttpResponse> {
    signal?.throwIfAborted();
    const url = request.url.href;
    let given: SimulatedAnswer;
    try {
      given = await answer(request, occasion);
    } catch (error) {
      if (!(error instanceof CannotSimulate)) throw error;
      const stream = occasion?.stream ?? '';
      report({ stream, reason: error.message });
      given = { ...jsonAnswer({ error: `cannot be simulated: ${messageOf(error)}` }), status: 501 };
    }
    return createResponse({
      url,
      status: given.status,
      headers: responseHeaders(given.headers),
      body: given.body,
    });
  }

  const served = new Map<string, Served>();
  const occasions = new Map<string, Occasion>();
  // What one request finds out, the next one knows.
  let queue: Promise<unknown> = Promise.resolve();

  function serve(request: OutgoingRequest): Promise<SimulatedAnswer> {
    const answered = queue.then(() => find(request));
    queue = answered.catch(() => {});
    return answered;
  }

  async function find(request: OutgoingRequest): Promise<SimulatedAnswer> {
    const known = async (): Promise<SimulatedAnswer | undefined> => {
      const page = [...served.values()].find(({ asked }) => asksTheSame(asked, request, world().config));
      if (page === undefined) return undefined;
      // Since the slice was walked through, pages may have come to it.
      if (page.edits !== edits) await walk(page.model, page.slice);
      return answer(page.asked, page.occasion);
    };
    const before = await known();
    if (before !== undefined) return before;
    const login = loginOf(request, world());
    if (login !== undefined) return jsonAnswer(login);
    for (const retriever of retrieversIn(world())) {
      const model = await modelOf(retriever).catch(() => undefined);
      if (model === undefined) continue;
      const probe = probeOf(model);
      const occasion = await findOccasion(request, model, probe, world().config);
      if (occasion?.slice === undefined) continue;
      const { slice } = occasion;
      await walk(model, slice);
      const found = await known();
      if (found !== undefined) return found;
    }
    return jsonAnswer(
      { message: 'No stream of the manifest asks for this.', asked: request.url.pathname },
      404,
    );
  }

  /** Finds out what all pages of a slice are asked with. Where readers are is theirs. */
  async function walk(model: StreamModel, slice: Slice): Promise<void> {
    const pages: OutgoingRequest[] = [];
    isWalking = true;
    try {
      await probeOf(model).walk(slice, (page) => pages.push(page));
    } finally {
      isWalking = false;
    }
    for (const asked of pages) {
      const key = `${model.name}\n${keyOf(asked)}`;
      const occasion = occasions.get(key);
      if (occasion !== undefined) served.set(key, { asked, occasion, model, slice, edits });
    }
  }

  async function survey(): Promise<readonly StreamReport[]> {
    const found: StreamReport[] = [];
    for (const retriever of retrieversIn(world())) {
      const stream = textIn(ancestorOf(retriever, 'Stream'), 'name') ?? '';
      try {
        const model = await modelOf(retriever);
        const failure = await firstFailure(model);
        const paging = reports.get(model.name)?.paging;
        found.push({ stream, paging, reason: failure === undefined ? undefined : messageOf(failure) });
      } catch (error) {
        found.push({ stream, reason: messageOf(error) });
      }
    }
    return found;
  }

  /** What the stream itself fails with when it reads its first slice. */
  async function firstFailure(model: StreamModel): Promise<unknown> {
    for await (const slice of probeOf(model).slices()) return probeOf(model).walk(slice, () => {});
    return undefined;
  }

  const transport: Transport = Object.freeze({ send, async close() {} });
  return Object.freeze<Simulator>({
    transport,
    answer,
    serve,
    survey,
    reports: () => [...reports.values()],
    offered: (stream) => offered.get(stream) ?? [],
    current: (stream) => (live.get(stream) ?? []).flatMap((records) => records.list()),
    edit,
    model: async (stream) => byName.get(stream),
    pagingOf: (stream) => knownPaging.get(stream),
    carriesOf: (stream) => knownCarries.get(stream),
  });
}
