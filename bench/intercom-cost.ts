/**
 * Prints how many requests the Intercom connector sends for a large workspace, and for a day's and an hour's changes in it:
 *
 *     node dist/bench/intercom-cost.js [--of N] [--version 2.17] [--deletions]
 *
 * `--deletions` deletes some of each kind every day and has the connector find them.
 * The whole engine runs, against an API in this process that knows of each record only its id and its times. `--of N` reads
 * a workspace that is N times smaller, with as many changes fewer, to be quicker; its figures are what they are, and are not
 * scaled up again.
 */
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import type { OutgoingRequest, StreamState } from '../engine/contract/families.ts';
import type { Transport } from '../engine/contract/scope.ts';
import { dataResponse } from '../engine/http/wire/data-response.ts';
import { connectIntercom } from '../test/manifests/intercom/sync-intercom.ts';

const { values } = parseArgs({
  options: {
    of: { type: 'string', default: '1' },
    version: { type: 'string', default: '2.17' },
    paths: { type: 'boolean', default: false },
    deletions: { type: 'boolean', default: false },
  },
});
const divisor = Number(values.of);
const share = (count: number): number => Math.round(count / divisor);

const day = 86_400;
const years = 5;
const start = Date.UTC(2020, 0, 6) / 1000;
const firstSync = start + years * 365 * day;

/** What there is, and how much of it changes in a day. */
const sizes = {
  contacts: { count: share(1_000_000), daily: share(20_000), deleted: share(100), perPage: 150 },
  conversations: { count: share(500_000), daily: share(3_000), deleted: share(30), perPage: 150 },
  companies: { count: share(100_000), daily: share(1_000), deleted: share(10), perPage: 60 },
  tickets: { count: share(50_000), daily: share(500), deleted: share(5), perPage: 150 },
} as const;
type Kind = keyof typeof sizes;
const kinds = Object.keys(sizes) as Kind[];

interface Sort {
  readonly field: string;
  readonly order: 'ascending' | 'descending';
}

/** The times of the records of a kind, and which were changed when. */
function createTable(kind: Kind) {
  const { count, daily, deleted } = sizes[kind];
  const created = Float64Array.from({ length: count }, (_, id) =>
    Math.floor(start + (id * years * 365 * day) / count),
  );
  const updated = created.slice();
  let orders: Partial<Record<string, readonly number[]>> = {};
  let changes = 0;
  let deletions = 0;
  /** When each deleted one was, latest first. */
  const gone = new Map<number, number>();
  const timesBy = (field: string): Float64Array => (field === 'created_at' ? created : updated);
  const sorted = (field: string): readonly number[] => {
    const times = timesBy(field);
    const order =
      orders[field] ??
      Array.from({ length: count }, (_, id) => id)
        .filter((id) => !gone.has(id))
        .sort((a, b) => (times[a] ?? 0) - (times[b] ?? 0));
    orders[field] = order;
    return order;
  };
  const firstSince = (time: number, field: string): number => {
    const ids = sorted(field);
    const times = timesBy(field);
    let [low, high] = [0, ids.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((times[ids[middle] ?? 0] ?? 0) < time) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  const row = (id: number) => ({
    type: kind,
    id: id.toString(16).padStart(kind === 'contacts' || kind === 'companies' ? 24 : 1, '0'),
    created_at: created[id],
    updated_at: updated[id],
    ...(kind === 'companies' && { segments: { segments: [{ id: '1' }] } }),
  });
  return {
    /** Evenly over the time, always others. */
    change(from: number, to: number) {
      const number = Math.round((daily * (to - from)) / day);
      for (let change = 0; change < number; change++) {
        updated[changes++ % count] = Math.floor(from + (change * (to - from)) / number);
      }
      if (values.deletions) {
        const more = Math.round((deleted * (to - from)) / day);
        // From the end, while changes are made from the start.
        for (let each = 0; each < more; each++) gone.set(count - 1 - deletions++, to - 60);
      }
      orders = {};
    },
    /** Those that changed (or were created) between two moments, both included. */
    between(from: number, to: number, offset: number, perPage: number, { field, order }: Sort) {
      const [first, last] = [firstSince(from, field), firstSince(to + 1, field)];
      const start = order === 'ascending' ? first + offset : Math.max(first, last - offset - perPage);
      const end = order === 'ascending' ? Math.min(last, start + perPage) : last - offset;
      const ids = sorted(field).slice(start, end);
      if (order === 'descending') ids.reverse();
      return { rows: ids.map(row), next: offset + perPage < last - first ? offset + perPage : undefined };
    },
    all: (offset: number, perPage: number) =>
      sorted('created_at')
        .slice(offset, offset + perPage)
        .map(row),
    has: (id: string) => !gone.has(Number.parseInt(id, 16)),
    deletions: () => [...gone].reverse().map(([id, deleted_at]) => ({ ...row(id), deleted_at })),
  };
}

const tables = Object.fromEntries(kinds.map((kind) => [kind, createTable(kind)])) as Record<
  Kind,
  ReturnType<typeof createTable>
>;

/** One in each hour. */
function activityLogs(after: number, before: number): object {
  const rows: object[] = [];
  for (let at = Math.ceil(after / 3600) * 3600; at <= before; at += 3600)
    rows.push({ id: `log-${at}`, created_at: at });
  return { activity_logs: rows, pages: { page: 1, total_pages: 1 } };
}

const placeOf: Readonly<Record<string, string>> = { contacts: 'data', companies: 'data' };

/** `undefined`: there is none. */
function answer({ url, body, method }: OutgoingRequest): object | undefined {
  const [, resource = '', rest = '', more = ''] = url.pathname.split('/');
  const kind = kinds.find((name) => name === resource);
  if (method === 'POST' && kind !== undefined && rest === 'search') {
    const { query, pagination, sort } = JSON.parse(String(body)) as {
      query: { value: readonly { field: string; value: number }[] };
      pagination: { per_page: number; starting_after?: string };
      sort: Sort;
    };
    const [from = 0, to = 0] = query.value.map(({ value }) => Number(value));
    const { rows, next } = tables[kind].between(
      from,
      to,
      Number(pagination.starting_after ?? 0),
      pagination.per_page,
      sort,
    );
    return {
      [placeOf[kind] ?? kind]: rows,
      pages: { next: next === undefined ? null : { starting_after: String(next) } },
    };
  }
  if (url.pathname === '/companies/scroll') {
    const offset = Number(url.searchParams.get('scroll_param') ?? 0);
    return { data: tables.companies.all(offset, 100), scroll_param: String(offset + 100) };
  }
  if (url.pathname === '/conversations/deleted') {
    const page = Number(url.searchParams.get('page') ?? 1);
    const rows = tables.conversations.deletions();
    const next = page * 60 < rows.length ? `${url.pathname}?page=${page + 1}` : null;
    return { conversations: rows.slice((page - 1) * 60, page * 60), pages: { next } };
  }
  if (kind !== undefined && /^[0-9a-f]+$/.test(rest) && more === '' && kind !== 'conversations')
    return tables[kind].has(rest) ? { id: rest } : undefined;
  if (kind === 'conversations' && rest !== 'attributes')
    return { conversation_parts: { conversation_parts: [{ id: rest, updated_at: start }], total_count: 1 } };
  if (kind === 'companies' && more === 'segments') return { data: [{ id: '1', updated_at: start }] };
  if (url.pathname === '/admins/activity_logs/search') {
    const { created_at_after, created_at_before } = JSON.parse(String(body)) as Record<string, string>;
    return activityLogs(Number(created_at_after), Number(created_at_before));
  }
  if (url.pathname === '/admins/activity_logs') {
    const [after, before] = ['created_at_after', 'created_at_before'].map((name) =>
      url.searchParams.get(name),
    );
    return activityLogs(Number(after), Number(before));
  }
  const none: readonly object[] = [];
  return {
    ...{ data: none, admins: none, teams: none, segments: none, conversations: none, event_types: none },
    app: { region: 'US' },
  };
}

const notFound = { type: 'error.list', errors: [{ code: 'not_found', message: 'Resource Not Found' }] };

interface Cost {
  readonly requests: number;
  readonly byPath: ReadonlyMap<string, number>;
  readonly states: ReadonlyMap<string, StreamState>;
}

async function sync(
  streams: readonly string[],
  at: number,
  known: ReadonlyMap<string, StreamState> = new Map(),
): Promise<Cost> {
  const byPath = new Map<string, number>();
  let requests = 0;
  const transport: Transport = {
    async send(request) {
      requests++;
      const path = request.url.pathname.replace(
        /\/[0-9a-f]{6,}|(?<=\/(conversations|tickets))\/[0-9a-f]+$/g,
        '/…',
      );
      byPath.set(path, (byPath.get(path) ?? 0) + 1);
      const data = answer(request);
      if (data === undefined) return Object.freeze({ ...dataResponse(notFound), status: 404 });
      return dataResponse(data, () => data);
    },
    async close() {},
  };
  const config = {
    access_token: 'x',
    start_date: new Date(start * 1000).toISOString().replace('.000', ''),
    api_version: values.version,
    include_deletions: values.deletions,
  };
  const connector = await connectIntercom(config, {
    transport,
    clock: { now: () => at * 1000, sleep: async () => {} },
  });
  const states = new Map(known);
  try {
    for await (const event of connector.read({ streams: streams.map((name) => ({ name })), states: known })) {
      if (event.kind === 'error') throw event.error;
      if (event.kind === 'state') states.set(event.stream, event.state);
    }
  } finally {
    await connector.close();
  }
  return { requests, byPath, states };
}

/** Every record once on full pages, one request for each child, and each list once. */
function leastRequests(part: 'count' | 'daily', streams: readonly string[], lists: number, days = 1): number {
  const pages = (kind: Kind, perPage: number): number =>
    Math.ceil((sizes[kind][part] * (part === 'daily' ? days : 1)) / perPage);
  const children = (kind: Kind): number => Math.round(sizes[kind][part] * (part === 'daily' ? days : 1));
  const companies = part === 'count' ? Math.ceil(sizes.companies.count / 100) + 1 : pages('companies', 60);
  return (
    pages('contacts', 150) +
    pages('conversations', 150) +
    pages('tickets', 150) +
    companies +
    children('conversations') +
    (streams.includes('company_segments') ? children('companies') : 0) +
    lists
  );
}

const ofAirbyte = [
  ...['activity_logs', 'admins', 'tags', 'teams', 'segments', 'companies', 'company_attributes'],
  ...['contact_attributes', 'contacts', 'conversations', 'conversation_parts', 'company_segments', 'tickets'],
];

async function suggested(): Promise<readonly string[]> {
  const text = await readFile('manifests/intercom.yaml', 'utf8');
  const [, names = ''] = /suggestedStreams:\s*streams: \[([^\]]*)\]/.exec(text) ?? [];
  return names.split(',').map((name) => name.trim());
}

const number = (value: number): string => Math.round(value).toLocaleString('en-US');

function print(cells: readonly string[]): void {
  process.stdout.write(
    `${cells.map((cell, at) => (at === 0 ? cell.padEnd(34) : cell.padStart(14))).join('')}\n`,
  );
}

async function report(title: string, streams: readonly string[]): Promise<void> {
  for (const kind of kinds) tables[kind] = createTable(kind);
  // Streams that are a request or two, whatever there is.
  const lists = streams
    .filter(
      (name) =>
        !/^(contacts|conversations|conversation_parts|tickets|companies|company_segments)$/.test(name),
    )
    .filter(
      (name) =>
        !/^(ticket|contact|conversation|company|team)_(parts|contacts|links|tags|teammates|companies|admins|type_attributes)$/.test(
          name,
        ),
    ).length;
  print([`${title}`, 'requests', 'at least', 'more', 'at 10,000/min']);
  const row = (what: string, { requests, byPath }: Cost, least: number) => {
    print([
      `  ${what}`,
      number(requests),
      number(least),
      `${((100 * (requests - least)) / least).toFixed(1)} %`,
      `${(requests / (10_000 / 60)).toFixed(requests < 10_000 ? 1 : 0)} s`,
    ]);
    if (values.paths) for (const [path, count] of byPath) print([`    ${path}`, number(count)]);
  };
  const full = await sync(streams, firstSync);
  row('full', full, leastRequests('count', streams, lists));
  let { states } = full;
  const days: Cost[] = [];
  let at = firstSync;
  for (let turn = 0; turn < 7; turn++) {
    for (const kind of kinds) tables[kind].change(at, at + day);
    at += day;
    const cost = await sync(streams, at, states);
    days.push(cost);
    states = cost.states;
  }
  const sorted = [...days].sort((a, b) => a.requests - b.requests);
  const [, , , usual, , , most] = sorted;
  const leastDaily = leastRequests('daily', streams, lists);
  if (usual !== undefined) row('daily', usual, leastDaily);
  if (most !== undefined) row('daily, when all is gone over', most, leastDaily);
  const hours: Cost[] = [];
  for (let turn = 0; turn < 24; turn++) {
    for (const kind of kinds) tables[kind].change(at, at + 3600);
    at += 3600;
    const cost = await sync(streams, at, states);
    hours.push(cost);
    states = cost.states;
  }
  hours.sort((a, b) => a.requests - b.requests);
  const [usualHour] = hours.slice(12);
  if (usualHour !== undefined) row('hourly', usualHour, leastRequests('daily', streams, lists, 1 / 24));
  process.stdout.write('\n');
}

print([`API ${values.version}`, ...kinds.map((kind) => `${number(sizes[kind].count)}`)]);
print(['', ...kinds]);
print(['changed in a day', ...kinds.map((kind) => number(sizes[kind].daily))]);
process.stdout.write('\n');
await report("The 13 streams of Airbyte's", ofAirbyte);
const names = await suggested();
await report(`The ${names.length} suggested streams`, names);
