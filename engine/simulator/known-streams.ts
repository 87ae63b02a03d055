import type { OutgoingRequest } from '../contract/families.ts';
import type { Slice } from '../contract/slice.ts';
import type { ComponentAt } from '../validate/visit.ts';
import type { Paging } from './paging.ts';
import type { Carries } from './probe.ts';
import type { StreamFacts } from './stream-facts.ts';
import type { StreamModel } from './stream-model.ts';

/** What the simulator knows of a stream. */
export interface StreamReport {
  readonly stream: string;
  /** Why its API cannot be made out of the manifest. */
  readonly reason?: string | undefined;
  /** Why there is only one page. */
  readonly paging?: string | undefined;
}

/** The streams that one API was asked for, with what is known of them. */
export interface KnownStreams extends Omit<StreamFacts, 'world'> {
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

export function createKnownStreams(facts: StreamFacts): KnownStreams {
  const reports = new Map<string, StreamReport>();
  const models = new Map<string, StreamModel>();
  const pagings = new Map<string, Paging>();
  const carried = new Map<string, Carries>();

  function report(known: StreamReport): void {
    reports.set(known.stream, { ...reports.get(known.stream), ...known });
  }

  async function model(retriever: ComponentAt): Promise<StreamModel> {
    const model = await facts.model(retriever);
    if (!models.has(model.name)) models.set(model.name, model);
    return model;
  }

  async function carries(model: StreamModel, slice: Slice): Promise<Carries> {
    const carries = await facts.carries(model, slice);
    carried.set(model.name, carries);
    return carries;
  }

  async function paging(model: StreamModel, slice: Slice, request: OutgoingRequest): Promise<Paging> {
    const paging = await facts.paging(model, slice, request);
    pagings.set(model.name, paging);
    if (paging.problem !== undefined) report({ stream: model.name, paging: paging.problem });
    return paging;
  }

  return Object.freeze<KnownStreams>({
    model,
    probe: facts.probe,
    carries,
    paging,
    report,
    reports: () => [...reports.values()],
    reportOf: (stream) => reports.get(stream),
    found: Object.freeze({
      model: (stream: string) => models.get(stream),
      paging: (stream: string) => pagings.get(stream),
      carries: (stream: string) => carried.get(stream),
    }),
  });
}
