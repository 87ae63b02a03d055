import { loadManifest } from '../../../engine/connector/load-manifest.ts';
import { preview } from '../../../engine/preview/preview.ts';
import { describeStop } from '../../../engine/preview/stop-reason.ts';
import { type Answers, fakeClock, fakeTransport } from '../../kit/scope.ts';

const head = `version: 6.0.0
type: DeclarativeSource
check: { type: CheckStream, stream_names: [people] }
streams:
  - type: DeclarativeStream
    name: people
    primary_key: id
    schema_loader: { type: InlineSchemaLoader, schema: { type: object, properties: { id: { type: string }, name: { type: string } } } }
`;

async function pagesOf(retriever: string, answers: Answers) {
  const shown = await preview(
    loadManifest({ name: 'x.yaml', text: head + retriever }),
    {},
    {
      stream: 'people',
      limits: { pagesPerSlice: 3, slices: 1, records: 100 },
      surroundings: {
        clock: fakeClock(Date.UTC(2024, 0, 31)),
        transport: fakeTransport(answers),
        random: () => 0.5,
      },
    },
  );
  return shown.slices.flatMap(({ pages }) => pages);
}

const csv = { 1: 'id;name\n1;"Ann; A."\n2;"Bob\nB."\n', 2: 'id;name\n3;Cy\n' };

describe('a preview of what comes as files', () => {
  it('shows pages of CSV, and which of their rows a filter drops', async () => {
    const pages = await pagesOf(
      `    retriever:
      type: SimpleRetriever
      requester: { type: HttpRequester, url: https://api.test/people.csv }
      decoder: { type: CsvDecoder, delimiter: ";" }
      record_selector: { type: RecordSelector, extractor: { type: DpathExtractor, field_path: [] }, record_filter: { type: RecordFilter, condition: "{{ record['id'] != '2' }}" } }
      paginator:
        type: DefaultPaginator
        pagination_strategy: { type: PageIncrement, start_from_page: 1, page_size: 2 }
        page_token_option: { type: RequestOption, inject_into: request_parameter, field_name: page }
`,
      ({ url }) => ({ body: url.searchParams.get('page') === '2' ? csv[2] : csv[1] }),
    );
    expect(pages.map(({ counts }) => counts)).toEqual([
      { found: 2, dropped: 1, emitted: 1 },
      { found: 1, dropped: 0, emitted: 1 },
    ]);
    expect(pages[0]?.records).toEqual([{ id: '1', name: 'Ann; A.' }]);
    expect(pages[0]?.drops[0]?.records).toEqual([{ id: '2', name: 'Bob\nB.' }]);
  });

  it('counts the records of all files of a job', async () => {
    const pages = await pagesOf(
      `    retriever:
      type: AsyncRetriever
      record_selector: { type: RecordSelector, extractor: { type: DpathExtractor, field_path: [] } }
      status_extractor: { type: DpathExtractor, field_path: [status] }
      download_target_extractor: { type: DpathExtractor, field_path: [urls, "*"] }
      status_mapping: { running: [running], completed: [done], failed: [failed], timeout: [timeout] }
      creation_requester: { type: HttpRequester, url: https://api.test/jobs, http_method: POST }
      polling_requester: { type: HttpRequester, url: "https://api.test/jobs/{{ creation_response['id'] }}" }
      download_requester: { type: HttpRequester, url: "{{ download_target }}" }
      download_decoder: { type: CsvDecoder, delimiter: ";" }
`,
      ({ url, method }) => {
        if (method === 'POST') return { body: { id: 'j1' } };
        if (url.pathname === '/jobs/j1')
          return { body: { status: 'done', urls: ['https://api.test/f/1', 'https://api.test/f/2'] } };
        return { body: url.pathname.endsWith('1') ? csv[1] : csv[2] };
      },
    );
    expect(pages.map(({ counts }) => counts)).toEqual([{ found: 3, dropped: 0, emitted: 3 }]);
    const [stop] = pages.flatMap((page) => page.stop ?? []);
    expect(stop && describeStop(stop, Date.now)).toBe('a job has one download, which is read whole');
    expect(pages.flatMap(({ records }) => records.map(({ id }) => id)).sort()).toEqual(['1', '2', '3']);
  });
});
