import { configure } from '../engine/connector/connector.ts';
import { loadManifest } from '../engine/connector/load-manifest.ts';
import type { Surroundings } from '../engine/connector/sync-scope.ts';
import { createResponse, responseHeaders } from '../engine/http/wire/response.ts';
import { virtualClock } from '../engine/time/virtual-clock.ts';
import { type Bench, median } from './measure.ts';
import { milliseconds, type Report, ratio } from './report.ts';

const perPage = 100;

/** Pages with a filter, a condition and a transformation: something is decided for each record and each page. */
const manifest = {
  version: '7.0.0',
  type: 'DeclarativeSource',
  check: { type: 'CheckStream', stream_names: ['items'] },
  streams: [
    {
      type: 'DeclarativeStream',
      name: 'items',
      primary_key: 'id',
      retriever: {
        type: 'SimpleRetriever',
        requester: { type: 'HttpRequester', url: 'https://api.test/items' },
        record_selector: {
          type: 'RecordSelector',
          extractor: { type: 'DpathExtractor', field_path: ['data'] },
          record_filter: { type: 'RecordFilter', condition: '{{ record.id % 10 != 0 or record.id == 0 }}' },
        },
        paginator: {
          type: 'DefaultPaginator',
          page_token_option: { type: 'RequestOption', inject_into: 'request_parameter', field_name: 'page' },
          pagination_strategy: { type: 'PageIncrement', page_size: perPage },
        },
      },
      schema_loader: { type: 'InlineSchemaLoader', schema: { type: 'object', properties: {} } },
    },
  ],
};

/** What reading costs in process, from an API in memory, where nobody listens to decisions and where somebody does. */
export async function benchDecisions({ runs, isQuick }: Bench, report: Report): Promise<void> {
  const loaded = loadManifest({ name: 'bench', text: JSON.stringify(manifest) });
  const pages = isQuick ? 20 : 400;
  let told = 0;
  const onDecision = () => {
    told += 1;
  };
  const listeners: Readonly<Record<string, Surroundings>> = {
    'nobody listens': {},
    // The same again: what the machine makes of two equal runs.
    'nobody listens, again': {},
    'somebody listens': { onDecision },
    'somebody listens, not to templates': { onDecision, ignoresBranches: true },
  };

  async function read(listener: Surroundings): Promise<number> {
    const before = process.cpuUsage();
    const connector = configure(loaded, {}, { clock: virtualClock(0), transport: apiOf(pages), ...listener });
    let count = 0;
    for await (const event of connector.read({ streams: [{ name: 'items' }] }))
      if (event.kind === 'records') for (const _ of event.records) count += 1;
    await connector.close();
    if (count === 0) throw new Error('Nothing was read.');
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1e6;
  }

  const costs = new Map<string, number[]>();
  for (let run = 0; run < 2 + 5 * Math.max(runs, 1); run++)
    for (const [name, listener] of Object.entries(listeners)) {
      told = 0;
      const cost = await read(listener);
      // The first two are compiled while they run.
      if (run >= 2) costs.set(name, [...(costs.get(name) ?? []), cost]);
      if (told > 0 !== 'onDecision' in listener) throw new Error(`"${name}" was told ${told} decisions.`);
    }
  report.table(`decisions, ${(pages * perPage).toLocaleString('en')} records`, ['cpu', 'of nobody']);
  const nobody = median(costs.get('nobody listens') ?? []);
  for (const [name, each] of costs)
    report.row(name, [milliseconds(median(each)), ratio(median(each) / nobody)], { cpu: median(each) });
}

/** An API in memory, with so many full pages. */
function apiOf(pages: number): NonNullable<Surroundings['transport']> {
  let page = 0;
  return {
    async send({ url }) {
      const data = Array.from({ length: page < pages ? perPage : 0 }, (_, index) => ({
        id: page * perPage + index,
        name: `item ${index}`,
      }));
      page += 1;
      const body = new TextEncoder().encode(JSON.stringify({ data }));
      const headers = responseHeaders([['Content-Type', 'application/json']]);
      return createResponse({ url: url.href, status: 200, headers, body });
    },
    async close() {},
  };
}
