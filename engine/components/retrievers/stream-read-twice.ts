import type { Decoder } from '../../contract/families.ts';
import { type ManifestNode, typeOf } from '../../manifest/node.ts';
import { refuse } from './refuse.ts';

/** A body that is read as it arrives is gone after the first extractor. */
export function refuseStreamReadTwice(decoder: Decoder, extractor: ManifestNode | undefined): void {
  if (!decoder.isStreaming || extractor === undefined || typeOf(extractor) !== 'CombinedExtractor') return;
  refuse(
    'A CombinedExtractor reads a response several times, which this decoder does not allow: it reads the body as it arrives. JsonDecoder, XmlDecoder and ZipfileDecoder do.',
    extractor,
  );
}
