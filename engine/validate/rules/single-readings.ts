import type { Diagnostic } from '../../error/diagnostic.ts';
import { errorAt } from '../../manifest/node-diagnostic.ts';
import { type ComponentAt, childIn } from '../visit.ts';

/** A body that is read as it arrives is gone after the first extractor. */
export function* singleReadings(retriever: ComponentAt): Iterable<Diagnostic> {
  if (retriever.family !== 'Retriever') return;
  const answered =
    childIn(retriever, 'status_extractor') === undefined
      ? [childIn(childIn(retriever, 'record_selector'), 'extractor')]
      : [childIn(retriever, 'status_extractor'), childIn(retriever, 'download_target_extractor')];
  yield* between(childIn(retriever, 'decoder'), answered);
  yield* between(childIn(retriever, 'download_decoder'), [childIn(retriever, 'download_extractor')]);
}

function* between(
  decoder: ComponentAt | undefined,
  extractors: readonly (ComponentAt | undefined)[],
): Iterable<Diagnostic> {
  if (decoder?.traits.readsOnce !== true) return;
  for (const extractor of extractors) {
    if (extractor?.traits.readsAgain !== true) continue;
    yield errorAt(
      extractor.node,
      `A ${extractor.component?.type} reads a response several times, which ${decoder.component?.type} does not allow: it reads the body as it arrives. JsonDecoder, XmlDecoder and ZipfileDecoder do.`,
    );
  }
}
