import { singleReadings } from '../../../../engine/validate/rules/single-readings.ts';
import { harness, withRetriever } from '../harness.ts';

const { expectValid, expectErrors } = harness(singleReadings);

const combined =
  '{ type: CombinedExtractor, extractors: [{ type: DpathExtractor, field_path: [a] }, { type: DpathExtractor, field_path: [b] }] }';
const plain = '{ type: DpathExtractor, field_path: [a] }';
const simple = (decoder: string, extractor: string) =>
  withRetriever(`
decoder: ${decoder}
record_selector:
  extractor: ${extractor}`);
const jobs = (fields: Readonly<Record<string, string>>) => {
  const all = {
    status_extractor: plain,
    download_target_extractor: plain,
    download_extractor: plain,
    ...fields,
  };
  return withRetriever(`
type: AsyncRetriever
status_mapping: { running: [r], completed: [c], failed: [f], timeout: [t] }
creation_requester: { url: https://api.test/jobs }
polling_requester: { url: https://api.test/job }
download_requester: { url: https://api.test/file }
record_selector: { extractor: ${combined} }
${Object.entries(all)
  .map(([name, value]) => `${name}: ${value}`)
  .join('\n')}`).replace(/^ *requester: .*\n?/m, '');
};

describe('singleReadings', () => {
  it('takes bodies that are kept, or extractors that read them once', () => {
    expectValid(simple('{ type: JsonDecoder }', combined));
    expectValid(simple('{ type: ZipfileDecoder, decoder: { type: CsvDecoder } }', combined));
    expectValid(simple('{ type: JsonlDecoder }', plain));
    expectValid(jobs({ decoder: '{ type: JsonlDecoder }', download_extractor: combined }));
    expectValid(
      jobs({
        download_decoder: '{ type: GzipDecoder, decoder: { type: CsvDecoder } }',
        status_extractor: combined,
      }),
    );
  });

  it.each(['CsvDecoder', 'JsonlDecoder', 'IterableDecoder', 'GzipDecoder, decoder: { type: JsonDecoder }'])(
    'refuses to read again what %s reads as it arrives',
    (decoder) => {
      expectErrors(simple(`{ type: ${decoder} }`, combined), [
        {
          message: `A CombinedExtractor reads a response several times, which ${decoder.split(',')[0]} does not allow: it reads the body as it arrives. JsonDecoder, XmlDecoder and ZipfileDecoder do.`,
          at: combined,
        },
      ]);
    },
  );

  it('looks at answers about jobs and at downloads, each with its decoder', () => {
    const twice = expect.stringContaining('reads a response several times') as unknown as string;
    for (const field of ['status_extractor', 'download_target_extractor'])
      expectErrors(jobs({ decoder: '{ type: JsonlDecoder }', [field]: combined }), [
        { message: twice, at: combined },
      ]);
    expectErrors(jobs({ download_decoder: '{ type: CsvDecoder }', download_extractor: combined }), [
      { message: twice, at: combined },
    ]);
  });
});
