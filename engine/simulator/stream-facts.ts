import type { OutgoingRequest } from '../contract/families.ts';
import type { HttpResponse } from '../contract/http-response.ts';
import type { Occasion } from '../contract/scope.ts';
import type { Slice } from '../contract/slice.ts';
import { remembered } from '../util/flow/remembered.ts';
import type { JsonObject } from '../util/json/json.ts';
import type { ComponentAt } from '../validate/visit.ts';
import { findPaging, type Paging } from './paging.ts';
import { type Carries, createProbe, type Probe } from './probe.ts';
import { requestedSize } from './requested-size.ts';
import { createStreamModel, type ModelSettings, type StreamModel } from './stream-model.ts';
import type { World } from './world.ts';

/**
 * What is found out about the streams of a manifest, each thing when it is first asked for. It is the same for every API that
 * is made out of the manifest with one config, whatever records it has.
 */
export interface StreamFacts {
  world(): World;
  /** Rejects with CannotSimulate. */
  model(retriever: ComponentAt): Promise<StreamModel>;
  probe(model: StreamModel): Probe;
  carries(model: StreamModel, slice: Slice): Promise<Carries>;
  /** `request` is the first one of the stream. */
  paging(model: StreamModel, slice: Slice, request: OutgoingRequest): Promise<Paging>;
}

export interface StreamFactsOptions extends ModelSettings {
  readonly world: () => World;
  /** Answers what streams ask before their own requests. */
  readonly send: (request: OutgoingRequest, occasion: Occasion | undefined) => Promise<HttpResponse>;
}

export function createStreamFacts({ world, send, ...settings }: StreamFactsOptions): StreamFacts {
  const models = new Map<ComponentAt, Promise<StreamModel>>();
  const probes = new Map<StreamModel, Probe>();
  const pagings = new Map<StreamModel, Promise<Paging>>();
  const carried = new Map<StreamModel, Promise<Carries>>();

  function probe(model: StreamModel): Probe {
    return remembered(probes, model, () => createProbe(world(), model, send));
  }

  function makePaging(model: StreamModel, slice: Slice, request: OutgoingRequest): Promise<Paging> {
    // Hundreds of answers are tried, with a few records.
    const records = new Map<number, JsonObject>();
    const emitted = new Map<JsonObject, Promise<JsonObject>>();
    return findPaging({
      paginator: model.newPaginator,
      strategy: model.strategy,
      node: model.paginatorAt?.node,
      placing: model.placing,
      record: (number) =>
        remembered(records, number, () => model.records.make(slice.partition, number, undefined).answered),
      emitted: (raw) =>
        remembered(emitted, raw, async () => (await model.selected(raw, slice).catch(() => raw)) ?? raw),
      slice,
      url: request.url.href,
      requestedSize: model.placing.isSingle ? 1 : requestedSize(request),
    });
  }

  return Object.freeze<StreamFacts>({
    world,
    model: (retriever) =>
      remembered(models, retriever, () => createStreamModel(world(), retriever, settings)),
    probe,
    carries: (model, slice) => remembered(carried, model, () => probe(model).carries(slice)),
    paging: (model, slice, request) => remembered(pagings, model, () => makePaging(model, slice, request)),
  });
}
