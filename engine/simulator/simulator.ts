import type { Manifest } from '../connector/load-manifest.ts';
import type { OutgoingRequest } from '../contract/families.ts';
import type { HttpResponse } from '../contract/http-response.ts';
import type { Occasion, Transport, TransportOptions } from '../contract/scope.ts';
import { emptySlice, type Slice, type Token } from '../contract/slice.ts';
import { createResponse, responseHeaders } from '../http/wire/response.ts';
import type { MappingNode } from '../manifest/node.ts';
import type { Clock } from '../time/clock.ts';
import { memoizeSync } from '../util/flow/memoize.ts';
import { remembered } from '../util/flow/remembered.ts';
import type { JsonObject } from '../util/json/json.ts';
import { type ComponentAt, childIn } from '../validate/visit.ts';
import { jsonAnswer, keyOf, type SimulatedAnswer } from './answers.ts';
import { answerJob, isJobField } from './jobs.ts';
import { createKnownStreams, type StreamReport } from './known-streams.ts';
import type { Edit } from './live-records.ts';
import { loginBody, tokenBody } from './logins.ts';
import { createPageAnswers } from './page-answers.ts';
import type { Paging } from './paging.ts';
import { CannotSimulate } from './place-records.ts';
import type { Carries } from './probe.ts';
import type { RawRecord } from './raw-records.ts';
import { createRecogniser } from './recognise.ts';
import { createStoredRecords } from './stored-records.ts';
import { createStreamFacts, type StreamFacts } from './stream-facts.ts';
import type { StreamModel } from './stream-model.ts';
import { successFields, withFields } from './success-fields.ts';
import { surveyStreams } from './survey.ts';
import type { Volume } from './volume.ts';
import { createWorld } from './world.ts';

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
  /** Records that come out of a stream of the real API: the simulated one has them first. */
  readonly known?: ((stream: string) => readonly JsonObject[]) | undefined;
  /** Pages have a record less than was asked for. */
  readonly hasShortPages?: boolean;
  /** Those of another simulator with the same manifest, config and moment: they are not found out again. */
  readonly facts?: StreamFacts | undefined;
  /** Changes an answer, or takes its place, before it leaves. */
  readonly interfere?: Interfere;
  /** Told of each request that it cannot answer; why is in its reports. */
  readonly onUnanswered?: () => void;
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

export interface Simulator {
  /** For others that differ in their records. */
  readonly facts: StreamFacts;
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

/** An API made out of a manifest. Everything is made when it is first asked for. */
export function createSimulator(options: SimulatorOptions): Simulator {
  const { manifest, config, clock, volume, seed = 7 } = options;
  const readFile = options.readFile ?? (async () => undefined);
  const transport: Transport = Object.freeze({ send, async close() {} });
  const facts =
    options.facts ??
    createStreamFacts({
      world: memoizeSync(() => createWorld({ manifest, config, clock, transport, readFile })),
      seed,
      known: options.known,
      send: (request, occasion) => send(request, { occasion }),
    });
  const { world } = facts;
  const streams = createKnownStreams(facts);
  const { isDense, hasLargeIntegers } = options;
  const stored = createStoredRecords({ clock, volume, isDense, hasLargeIntegers });
  const pages = createPageAnswers({ streams, stored, hasShortPages: options.hasShortPages === true });
  const answers = new Map<string, Promise<SimulatedAnswer>>();
  const questionOf = (stream: string, request: OutgoingRequest) => `${stream}\n${keyOf(request)}`;

  async function answer(request: OutgoingRequest, occasion: Occasion | undefined): Promise<SimulatedAnswer> {
    if (occasion === undefined) return jsonAnswer(tokenBody(world()));
    const found = world().ownerOf(occasion.requester);
    if (found === undefined) throw new CannotSimulate('its components are made at run time');
    const { owner, field } = found;
    const asked = childIn(owner, field);
    if (owner.family !== 'Retriever') {
      const login = loginBody(owner);
      return jsonAnswer(withFields(login, await successFields(login, asked, world().scope)));
    }
    const { stream = '', requester, slice = emptySlice, token } = occasion;
    if (isJobField(field)) {
      // Whether its result can be made is to be known before anybody waits for it.
      await streams.model(owner);
      const job = answerJob({ world: world(), owner, field, request, occasion });
      const said = await successFields(job.document, asked, world().scope);
      return job.encode(withFields(job.document, said));
    }
    const about: PageAbout = { stream, owner, requester, slice, token };
    const question = questionOf(stream, request);
    // The same question has the same answer.
    const regular = () => remembered(answers, question, () => pages.page(request, occasion, owner));
    return options.interfere === undefined ? regular() : options.interfere(request, about, regular);
  }

  async function send(
    request: OutgoingRequest,
    { occasion, signal }: TransportOptions = {},
  ): Promise<HttpResponse> {
    signal?.throwIfAborted();
    let given: SimulatedAnswer;
    try {
      given = await answer(request, occasion);
    } catch (error) {
      if (!(error instanceof CannotSimulate)) throw error;
      streams.report({ stream: occasion?.stream ?? '', reason: error.message });
      options.onUnanswered?.();
      given = jsonAnswer({ error: `cannot be simulated: ${error.message}` }, 501);
    }
    const { status, headers, body } = given;
    return createResponse({ url: request.url.href, status, headers: responseHeaders(headers), body });
  }

  return Object.freeze<Simulator>({
    facts,
    transport,
    answer,
    serve: createRecogniser({
      world,
      streams,
      answer,
      aside: pages.aside,
      edits: () => stored.edits,
    }),
    survey: () => surveyStreams(world(), streams),
    reports: streams.reports,
    offered: stored.offered,
    current: stored.current,
    edit(random) {
      const done = stored.edit(random);
      // The same question has another answer now.
      if (done !== undefined) answers.clear();
      return done;
    },
    model: async (stream) => streams.found.model(stream),
    pagingOf: streams.found.paging,
    carriesOf: streams.found.carries,
  });
}
