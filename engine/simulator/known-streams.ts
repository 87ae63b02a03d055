import type { OutgoingRequest } from '../contract/families.ts';
import type { HttpResponse } from '../contract/http-response.ts';
import type { Occasion } from '../contract/scope.ts';
import type { Slice } from '../contract/slice.ts';
import { remembered } from '../util/flow/remembered.ts';
import type { ComponentAt } from '../validate/visit.ts';
import { findPaging, type Paging } from './paging.ts';
import { type Carries, createProbe, type Probe } from './probe.ts';
import { requestedSize } from './requested-size.ts';
import { createStreamModel, type ModelSettings, type StreamModel } from './stream-model.ts';
import type { World } from './world.ts';

/** What the simulator knows of a stream. */
export interface StreamReport {
  readonly stream: string;
  /** Why its API cannot be made out of the manifest. */
  readonly reason?: string | undefined;
  /** Why there is only one page. */
  readonly paging?: string | undefined;
}

/** What is found out about the streams of a manifest, each thing when it is first asked for. */
export interface KnownStreams {
  /** Rejects with CannotSimulate. */
  model(retriever: ComponentAt): Promise<StreamModel>;
  probe(model: StreamModel): Probe;
  carries(model: StreamModel, slice: Slice): Promise<Carries>;
  /** `request` is the first one of the stream. */
  paging(model: StreamModel, slice: Slice, request: OutgoingRequest): Promise<Paging>;
  report(known: StreamReport): void;
  reports(): readonly StreamReport[];
  reportOf(stream: string): StreamReport | undefined;
  /** What is known by now of the stream of a name. */
  readonly found: {
    model(stream: string): StreamModel | undefined;
    paging(stream: string): Paging | undefined;
    carries(stream: string): Carries | undefined;
  };
}

export interface KnownStreamsOptions {
  readonly world: () => World;
  readonly seed: number;
  readonly hasLargeIntegers: boolean;
  readonly known?: ModelSettings['known'];
  /** Answers what streams ask before their own requests. */
  readonly send: (request: OutgoingRequest, occasion: Occasion | undefined) => Promise<HttpResponse>;
}

export function createKnownStreams({ world, send, ...settings }: KnownStreamsOptions): KnownStreams {
  const models = new Map<ComponentAt, Promise<StreamModel>>();
  const probes = new Map<StreamModel, Probe>();
  const pagings = new Map<StreamModel, Promise<Paging>>();
  const carried = new Map<StreamModel, Promise<Carries>>();
  const reports = new Map<string, StreamReport>();
  const byName = {
    model: new Map<string, StreamModel>(),
    paging: new Map<string, Paging>(),
    carries: new Map<string, Carries>(),
  };

  function report(known: StreamReport): void {
    reports.set(known.stream, { ...reports.get(known.stream), ...known });
  }

  async function makeModel(retriever: ComponentAt): Promise<StreamModel> {
    const model = await createStreamModel(world(), retriever, settings);
    if (!byName.model.has(model.name)) byName.model.set(model.name, model);
    return model;
  }

  function probe(model: StreamModel): Probe {
    return remembered(probes, model, () => createProbe(world(), model, send));
  }

  async function makeCarries(model: StreamModel, slice: Slice): Promise<Carries> {
    const carries = await probe(model).carries(slice);
    byName.carries.set(model.name, carries);
    return carries;
  }

  async function makePaging(model: StreamModel, slice: Slice, request: OutgoingRequest): Promise<Paging> {
    const paging = await findPaging({
      paginator: model.newPaginator,
      strategy: model.strategy,
      node: model.paginatorAt?.node,
      placing: model.placing,
      record: (number) => model.records.make(slice.partition, number, undefined).answered,
      emitted: async (raw) => (await model.selected(raw, slice).catch(() => raw)) ?? raw,
      slice,
      url: request.url.href,
      requestedSize: model.placing.isSingle ? 1 : requestedSize(request),
    });
    byName.paging.set(model.name, paging);
    if (paging.problem !== undefined) report({ stream: model.name, paging: paging.problem });
    return paging;
  }

  return Object.freeze<KnownStreams>({
    model: (retriever) => remembered(models, retriever, () => makeModel(retriever)),
    probe,
    carries: (model, slice) => remembered(carried, model, () => makeCarries(model, slice)),
    paging: (model, slice, request) => remembered(pagings, model, () => makePaging(model, slice, request)),
    report,
    reports: () => [...reports.values()],
    reportOf: (stream) => reports.get(stream),
    found: Object.freeze({
      model: (stream: string) => byName.model.get(stream),
      paging: (stream: string) => byName.paging.get(stream),
      carries: (stream: string) => byName.carries.get(stream),
    }),
  });
}
