import { configure } from '../../../../engine/connector/connector.ts';
import { loadManifest } from '../../../../engine/connector/load-manifest.ts';
import type { OutgoingRequest } from '../../../../engine/contract/families.ts';
import type { SyncEvent } from '../../../../engine/sync/read/sync-event.ts';
import type { JsonObject } from '../../../../engine/util/json/json.ts';
import { type Answer, fakeClock, fakeTransport } from '../../../kit/scope.ts';

const requester = (path: string, more: JsonObject = {}) => ({
  type: 'HttpRequester',
  url: `http://api.test${path}`,
  ...more,
});

const dpath = (...field_path: string[]) => ({ type: 'DpathExtractor', field_path });

function manifest(retriever: JsonObject, source: JsonObject = {}) {
  return {
    version: '7.0.0',
    type: 'DeclarativeSource',
    check: { type: 'CheckStream', stream_names: ['reports'] },
    streams: [
      {
        type: 'DeclarativeStream',
        name: 'reports',
        retriever: {
          type: 'AsyncRetriever',
          record_selector: { type: 'RecordSelector', extractor: dpath() },
          status_mapping: {
            running: ['RUNNING'],
            completed: ['DONE'],
            failed: ['FAILED'],
            timeout: ['EXPIRED'],
            skipped: ['EMPTY'],
          },
          status_extractor: dpath('status'),
          download_target_extractor: dpath('urls'),
          creation_requester: requester('/jobs', { http_method: 'POST' }),
          polling_requester: requester("/jobs/{{ creation_response['id'] }}"),
          download_requester: requester('{{ download_target }}'),
          ...retriever,
        },
        schema_loader: { type: 'InlineSchemaLoader', schema: {} },
      },
    ],
    ...source,
  };
}

interface Outcome {
  readonly records: readonly unknown[];
  readonly errors: readonly string[];
  readonly calls: readonly string[];
}

async function read(value: JsonObject, answer: (request: OutgoingRequest) => Answer): Promise<Outcome> {
  const transport = fakeTransport(answer);
  const connector = configure(
    loadManifest({ name: 'x.yaml' }, { value }),
    {},
    { transport, clock: fakeClock() },
  );
  const events: SyncEvent[] = [];
  for await (const event of connector.read({ streams: [{ name: 'reports' }] })) events.push(event);
  await connector.close();
  return {
    records: events.flatMap((event) => (event.kind === 'records' ? event.records : [])),
    errors: events.flatMap((event) => (event.kind === 'error' ? [event.error.message] : [])),
    calls: transport.requests.map(({ method, url }) => `${method} ${url.pathname}`),
  };
}

/** Jobs 1, 2, … that are done when asked the second time; each result has one record. */
function jobs() {
  const asked = new Map<string, number>();
  let created = 0;
  return ({ method, url }: OutgoingRequest): Answer => {
    if (method === 'POST') return { body: { id: ++created } };
    const [, kind, id = ''] = url.pathname.split('/');
    if (kind === 'files') return { body: [{ id: Number(id) }] };
    const times = (asked.get(id) ?? 0) + 1;
    asked.set(id, times);
    return { body: times === 1 ? { status: 'RUNNING' } : { status: 'DONE', urls: [`/files/${id}`] } };
  };
}

describe('AsyncRetriever', () => {
  it('creates a job, waits for it, and downloads what it names', async () => {
    const { records, errors, calls } = await read(manifest({}), jobs());
    expect(errors).toEqual([]);
    expect(records).toEqual([{ id: 1 }]);
    expect(calls).toEqual(['POST /jobs', 'GET /jobs/1', 'GET /jobs/1', 'GET /files/1']);
  });

  it('removes the job when its records have been read', async () => {
    const delete_requester = requester('/jobs/{{ creation_response.id }}/delete', { http_method: 'POST' });
    const { calls } = await read(manifest({ delete_requester }), (request) =>
      request.url.pathname.endsWith('/delete') ? { body: {} } : jobsOnce(request),
    );
    expect(calls.at(-1)).toBe('POST /jobs/1/delete');
  });

  it('asks where to download from', async () => {
    const download_target_requester = requester("/results/{{ polling_response['result'] }}");
    const { calls, records } = await read(manifest({ download_target_requester }), ({ method, url }) => {
      if (method === 'POST') return { body: { id: 1 } };
      if (url.pathname === '/jobs/1') return { body: { status: 'DONE', result: 'r7' } };
      if (url.pathname === '/results/r7') return { body: { urls: ['/files/1', '/files/2'] } };
      return { body: [{ file: url.pathname }] };
    });
    expect(calls).toContain('GET /results/r7');
    expect(records).toEqual([{ file: '/files/1' }, { file: '/files/2' }]);
  });

  it('downloads once where nothing says from where, and follows the pages', async () => {
    const { download_target_extractor: _, ...retriever } = (
      manifest({
        download_requester: requester('/jobs/{{ creation_response.id }}/rows'),
        download_paginator: {
          type: 'DefaultPaginator',
          page_token_option: { type: 'RequestOption', inject_into: 'request_parameter', field_name: 'page' },
          pagination_strategy: { type: 'CursorPagination', cursor_value: '{{ headers.next }}' },
        },
        record_selector: {
          type: 'RecordSelector',
          extractor: dpath('ignored'),
          record_filter: { type: 'RecordFilter', condition: '{{ record.id > 1 }}' },
        },
      }).streams[0] as { retriever: JsonObject }
    ).retriever;
    const value = manifest({});
    (value.streams[0] as JsonObject).retriever = retriever;
    const { records, errors } = await read(value, ({ method, url }) => {
      if (method === 'POST') return { body: { id: 1 } };
      if (url.pathname === '/jobs/1') return { body: { status: 'DONE' } };
      if (url.searchParams.has('page')) return { body: [{ id: 2 }, { id: 3 }] };
      return { body: [{ id: 1 }], headers: { next: 'p2' } };
    });
    expect(errors).toEqual([]);
    expect(records).toEqual([{ id: 2 }, { id: 3 }]);
  });

  it('runs as many jobs at once as the connector allows', async () => {
    let open = 0;
    let most = 0;
    const value = manifest(
      { partition_router: { type: 'ListPartitionRouter', values: ['a', 'b', 'c', 'd'], cursor_field: 'x' } },
      { max_concurrent_async_job_count: 3 },
    );
    const { records } = await read(value, (request) => {
      const answer = manyJobs(request);
      if (request.method === 'POST') most = Math.max(most, ++open);
      if ((answer.body as JsonObject).status === 'DONE') open--;
      return answer;
    });
    expect(records).toHaveLength(4);
    expect(most).toBe(3);
  });

  it('leaves out jobs without data, and fails the slices of failed ones', async () => {
    const value = manifest({
      partition_router: {
        type: 'ListPartitionRouter',
        values: ['EMPTY', 'FAILED', 'DONE'],
        cursor_field: 'x',
      },
      creation_requester: requester('/jobs/{{ stream_partition.x }}', { http_method: 'POST' }),
    });
    const { records, errors, calls } = await read(value, ({ method, url }) => {
      const name = url.pathname.split('/').at(-1);
      if (method === 'POST') return { body: { id: name } };
      return { body: url.pathname.startsWith('/files') ? [{ name }] : { status: name, urls: ['/files/1'] } };
    });
    expect(records).toEqual([{ name: '1' }]);
    expect(errors).toEqual([expect.stringContaining('tried 3 times')]);
    expect(calls.filter((call) => call === 'POST /jobs/FAILED')).toHaveLength(3);
    expect(calls.filter((call) => call.startsWith('GET /files'))).toHaveLength(1);
  });

  it('names the words it knows when the API uses another one', async () => {
    const { errors } = await read(manifest({}), ({ method }) => ({
      body: method === 'POST' ? { id: 1 } : { status: 'PAUSED' },
    }));
    expect(errors).toEqual([
      expect.stringMatching(/"PAUSED", which "status_mapping" does not list.*"RUNNING"/),
    ]);
  });

  it('refuses one word for two states', async () => {
    const status_mapping = { running: ['X'], completed: ['X'], failed: [], timeout: [] };
    const { errors } = await read(manifest({ status_mapping }), jobs());
    expect(errors).toEqual([expect.stringContaining('lists "X" twice')]);
  });
});

const jobsOnce = jobs();
const manyJobs = jobs();
