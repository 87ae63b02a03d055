import { loadManifest } from '../../../engine/connector/load-manifest.ts';
import { createSimulator } from '../../../engine/simulator/simulator.ts';
import { fakeClock } from '../../kit/scope.ts';

const stream = (name: string, retriever: string, further = '') => `
  - type: DeclarativeStream
    name: ${name}
    schema_loader: { type: InlineSchemaLoader, schema: { type: object, properties: { id: { type: string }, at: { type: string } } } }
    ${further}
    retriever:
      type: SimpleRetriever
      requester: { type: HttpRequester, url: https://api.test/${name} }
      record_selector: { type: RecordSelector, extractor: { type: DpathExtractor, field_path: [data] } }
      ${retriever}`;

const text = `version: 6.0.0
type: DeclarativeSource
check: { type: CheckStream, stream_names: [plain] }
streams:${stream('plain', '')}${stream(
  'endless',
  `paginator: { type: DefaultPaginator, page_token_option: { type: RequestOption, inject_into: request_parameter, field_name: p }, pagination_strategy: { type: CursorPagination, cursor_value: "{{ response.next }}", stop_condition: "{{ true }}" } }`,
)}${stream(
  'misdated',
  '',
  `incremental_sync: { type: DatetimeBasedCursor, cursor_field: at, datetime_format: "%Y-%m-%d", start_datetime: "2024-01-01 nonsense" }`,
)}
`;

test('each stream is tried, and what keeps it from being simulated is told', async () => {
  const simulator = createSimulator({
    manifest: loadManifest({ name: 'x.yaml', text }),
    config: {},
    clock: fakeClock(Date.UTC(2026, 0, 15)),
    volume: () => 5,
  });
  const [plain, endless, misdated] = await simulator.survey();
  expect(plain).toEqual({ stream: 'plain' });
  expect(endless?.reason).toBeUndefined();
  expect(endless?.paging).toBe('no answer that was tried makes it ask for a second page');
  expect(misdated?.reason).toContain('2024-01-01 nonsense');
});

test('a stream that waits before it asks again is tried without waiting', async () => {
  const clock = fakeClock(Date.UTC(2026, 0, 15));
  const requester = (path: string) => `{ type: HttpRequester, url: "https://api.test/${path}" }`;
  const jobs = `
  - type: DeclarativeStream
    name: jobs
    retriever:
      type: AsyncRetriever
      creation_requester: ${requester('jobs')}
      polling_requester: ${requester('jobs/1')}
      download_requester: ${requester('jobs/1/rows')}
      status_mapping: { running: [running], completed: [done], failed: [failed], timeout: [late] }
      status_extractor: { type: DpathExtractor, field_path: [status] }
      download_target_extractor: { type: DpathExtractor, field_path: [urls] }
      record_selector: { type: RecordSelector, extractor: { type: DpathExtractor, field_path: [] } }
`;
  const simulator = createSimulator({
    manifest: loadManifest({ name: 'x.yaml', text: `${text.trimEnd()}${jobs}` }),
    config: {},
    clock,
    volume: () => 5,
  });
  expect((await simulator.survey()).map(({ stream }) => stream)).toContain('jobs');
  expect(clock.sleeps).toEqual([]);
});
