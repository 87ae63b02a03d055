import { decoderKinds } from '../../../../engine/conformance/checks/decoder-kinds.ts';
import { harness } from '../harness.ts';

const { expectPass, expectNothing, expectViolations } = harness(decoderKinds);

/** Streams of one API, each with its decoder, at its path. */
const streams = (...all: readonly (readonly [decoder: string, path?: string])[]) =>
  `version: 6.0.0
type: DeclarativeSource
check: { type: CheckStream, stream_names: [s0] }
streams:
${all
  .map(
    ([decoder, path = `s${all.length}`], index) => `  - type: DeclarativeStream
    name: s${index}
    retriever:
      type: SimpleRetriever
      requester: { type: HttpRequester, url_base: "https://api.test/v1", path: ${path} }
      record_selector: { extractor: { type: DpathExtractor, field_path: [data] } }
      ${decoder === '' ? '' : `decoder: { type: ${decoder} }`}
    schema_loader: { type: InlineSchemaLoader, schema: { type: object, properties: {} } }`,
  )
  .join('\n')}
`;

describe('decoder-kinds', () => {
  it('passes for one kind, and for a kind that the request says', async () => {
    await expectPass(streams([''], ['JsonDecoder'], ['JsonDecoder']));
    await expectPass(streams([''], [''], ['CsvDecoder', 'reports/daily']));
    await expectPass(streams([''], [''], ['XmlDecoder', 'items.xml']));
    await expectNothing(streams([''], ['XmlDecoder']));
  });

  it('finds the stream that decodes another kind', async () => {
    await expectViolations(streams([''], ['XmlDecoder'], ['JsonDecoder']), [
      {
        message: /Stream "s1" decodes its answers as XML, and all 2 other streams of this API as JSON/,
        at: '{ type: XmlDecoder',
        stream: 's1',
      },
    ]);
  });
});
