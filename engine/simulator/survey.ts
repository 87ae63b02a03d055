import { messageOf } from '../util/text/message-of.ts';
import { ancestorOf, type ComponentAt, textIn } from '../validate/visit.ts';
import type { KnownStreams, StreamReport } from './known-streams.ts';
import { retrieversIn } from './retrievers-in.ts';
import type { StreamModel } from './stream-model.ts';
import type { World } from './world.ts';

/** Tries the first slice of each stream that stands in the manifest, and says why some of them cannot be simulated. */
export async function surveyStreams(world: World, streams: KnownStreams): Promise<readonly StreamReport[]> {
  const found = new Map<string, StreamReport>();
  for (const retriever of retrieversIn(world)) {
    const stream = textIn(ancestorOf(retriever, 'Stream'), 'name') ?? '';
    const before = found.get(stream);
    // Of several ways in which a hook may read it, one that is simulated is enough.
    if (before !== undefined && before.reason === undefined) continue;
    found.set(stream, await surveyed(stream, retriever, streams));
  }
  return [...found.values()];
}

async function surveyed(
  stream: string,
  retriever: ComponentAt,
  streams: KnownStreams,
): Promise<StreamReport> {
  try {
    const model = await streams.model(retriever);
    const failure = await firstFailure(model, streams);
    const paging = streams.reportOf(model.name)?.paging;
    // What the simulator could not answer says more than what the stream made of that.
    const reason = failure && (streams.reportOf(model.name)?.reason ?? messageOf(failure));
    return { stream, paging, reason: failure === undefined ? undefined : String(reason) };
  } catch (error) {
    return { stream, reason: messageOf(error) };
  }
}

/** What the stream itself fails with when it reads its first slice. */
async function firstFailure(model: StreamModel, streams: KnownStreams): Promise<unknown> {
  const probe = streams.probe(model);
  for await (const slice of probe.slices()) return probe.walk(slice, () => {});
  return undefined;
}
