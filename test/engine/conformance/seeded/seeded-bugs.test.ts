import { readFileSync } from 'node:fs';
import type { Check } from '../../../../engine/conformance/check.ts';
import { createSubject } from '../../../../engine/conformance/create-subject.ts';
import { runChecks } from '../../../../engine/conformance/run-checks.ts';
import { specifiedChecks } from '../../../../engine/conformance/specified-checks.ts';
import { loadManifest } from '../../../../engine/connector/load-manifest.ts';
import { locationOf } from '../../../../engine/error/print-location.ts';

const shop = readFileSync('test/engine/conformance/seeded/shop.yaml', 'utf8');

interface Found {
  readonly check: string;
  /** The line of the manifest that it names. */
  readonly line: string;
  readonly message: string;
}

/** What checks find in a manifest that has no test file. */
async function findingsOf(text: string, checks: readonly Check[] = specifiedChecks): Promise<Found[]> {
  const manifest = loadManifest({ name: 'shop.yaml', text });
  const found: Found[] = [];
  for await (const { check, violations } of runChecks(createSubject({ file: 'shop.yaml', manifest }), checks))
    for (const { places, offset, message, severity = check.severity } of violations) {
      const [place] = places;
      if (severity === 'note') continue;
      const number = place === undefined ? 0 : Number(locationOf(place, offset).split(':')[1]);
      found.push({ check: check.id, line: text.split('\n')[number - 1]?.trim() ?? '', message });
    }
  return found;
}

/** A bug: what is written instead of what, and the line where it should be named. The first such text is replaced, after `within` where that is given. */
interface Bug {
  readonly is: string;
  readonly from: string;
  readonly to: string;
  readonly within?: string;
  /** What the line that is named has in it, and the check that names it. */
  readonly line: string;
  readonly by: string;
}

const bugs: readonly Bug[] = [
  {
    is: 'a negated stop condition',
    from: 'has_more is false',
    to: 'has_more is true',
    line: 'stop_condition',
    by: 'page-complete',
  },
  {
    is: 'a stop condition that a short page meets',
    from: '"{{ response.meta.has_more is false }}"',
    to: '"{{ response.meta.has_more is false or last_page_size < 50 }}"',
    line: 'stop_condition',
    by: 'page-short',
  },
  {
    is: 'a token that is sent nowhere',
    within: 'name: orders',
    from: 'page_token_option:\n          type: RequestOption\n          inject_into: request_parameter\n          field_name: page\n        page_size_option',
    to: 'page_size_option',
    line: 'type: DefaultPaginator',
    by: 'page-complete',
  },
  {
    is: 'a page token under the name of the page size',
    from: 'field_name: page\n',
    to: 'field_name: per_page\n',
    line: 'per_page',
    by: 'manifest-valid',
  },
  {
    is: 'another page size than the one that is asked for',
    from: 'limit: 20',
    to: 'limit: 10',
    line: 'page_size: 20',
    by: 'page-complete',
  },
  {
    is: 'a gap between windows',
    from: 'cursor_granularity: PT1S',
    to: 'cursor_granularity: P1D',
    line: 'cursor_granularity: P1D',
    by: 'boundary',
  },
  {
    is: 'a step without a granularity',
    from: '      cursor_granularity: PT1S\n',
    to: '',
    line: 'step: P10D',
    by: 'manifest-valid',
  },
  {
    is: 'a format that the start date does not have',
    within: "config['start_date']",
    from: '%Y-%m-%dT%H:%M:%SZ',
    to: '%Y-%m-%d %H:%M:%S',
    line: 'datetime: "{{ config[\'start_date\'] }}"',
    by: 'statuses',
  },
  {
    is: 'a cursor field that records do not have',
    from: 'cursor_field: updated_at',
    to: 'cursor_field: updatedAt',
    line: 'updatedAt',
    by: 'cursor-in-schema',
  },
  {
    is: 'a cursor field of another type',
    from: 'updated_at: { type: string, format: date-time }',
    to: 'updated_at: { type: integer }',
    line: 'updated_at: { type: integer }',
    by: 'records-schema',
  },
  {
    is: 'windows that no request says',
    from: '      start_time_option:\n        type: RequestOption\n        inject_into: request_parameter\n        field_name: updated_from\n',
    to: '',
    line: 'cursor_field: updated_at',
    by: 'resume-no-repeat',
  },
  {
    is: 'start and end under one name',
    from: 'field_name: updated_to',
    to: 'field_name: updated_from',
    line: 'updated_from',
    by: 'manifest-valid',
  },
  {
    is: 'a key that the parent does not have',
    from: 'parent_key: id',
    to: 'parent_key: order_id',
    line: 'parent_key: order_id',
    by: 'records-some',
  },
  {
    is: 'a partition under another name',
    from: 'stream_partition.order_id',
    to: 'stream_partition.order',
    line: 'stream_partition.order ',
    by: 'manifest-valid',
  },
  {
    is: 'a filter that keeps nothing',
    from: '"{{ record.total >= 0 }}"',
    to: '"{{ record.total < 0 }}"',
    line: 'record.total < 0',
    by: 'records-some',
  },
  {
    is: 'a rate limit that fails',
    from: 'action: RATE_LIMITED',
    to: 'action: FAIL',
    line: 'type: HttpResponseFilter',
    by: 'err-retry',
  },
  {
    is: 'a rate limit that is ignored',
    from: 'action: RATE_LIMITED',
    to: 'action: IGNORE',
    line: 'type: HttpResponseFilter',
    by: 'err-retry',
  },
  {
    is: 'an outage that is ignored',
    from: 'http_codes: [429]',
    to: 'http_codes: [429]\n      - type: HttpResponseFilter\n        action: IGNORE\n        http_codes: [500]',
    line: 'type: HttpResponseFilter',
    by: 'err-exhausted',
  },
  {
    is: 'a wrong token that is ignored',
    from: 'action: FAIL\n        failure_type: config_error\n',
    to: 'action: IGNORE\n',
    line: 'type: CheckStream',
    by: 'check-verdict',
  },
  {
    is: 'a filter behind one that takes everything',
    from: 'http_codes: [429]',
    to: 'http_codes: [429, 401]',
    line: 'type: HttpResponseFilter',
    by: 'err-filter',
  },
  {
    is: 'a wait that is longer than all waits may be',
    from: 'backoff_time_in_seconds: 5',
    to: 'backoff_time_in_seconds: 3600',
    line: 'type: ConstantBackoffStrategy',
    by: 'err-retry',
  },
  { is: 'no retries', from: 'max_retries: 4', to: 'max_retries: 0', line: 'max_retries: 0', by: 'err-retry' },
  {
    is: 'a secret that is not marked',
    from: ', airbyte_secret: true',
    to: '',
    line: 'api_token: {',
    by: 'spec-secrets',
  },
  {
    is: 'a key that many records share',
    from: 'primary_key: [id]',
    to: 'primary_key: [status]',
    line: 'primary_key: [status]',
    by: 'pk-unique',
  },
  {
    is: 'a key that records do not have',
    from: 'primary_key: [id]',
    to: 'primary_key: [uuid]',
    line: 'primary_key: [uuid]',
    by: 'pk-in-schema',
  },
  {
    is: 'a key that is an object',
    from: 'primary_key: [id]',
    to: 'primary_key: [address]',
    line: 'address',
    by: 'pk-scalar',
  },
  {
    is: 'a key that a transformation removes',
    from: 'field_pointers: [[internal]]',
    to: 'field_pointers: [[id]]',
    line: 'primary_key: [id]',
    by: 'pk-present',
  },
  {
    is: 'a type that a transformation does not give',
    from: 'value: "{{ record.id }}"',
    to: 'value: "no {{ record.id }}"',
    line: 'number: { type: integer }',
    by: 'records-schema',
  },
  {
    is: 'a field that a transformation adds and nobody declares',
    from: 'path: [number]',
    to: 'path: [order_number]',
    line: '$schema',
    by: 'records-no-extra',
  },
  {
    is: 'a misspelt config field',
    from: "config['shop_id']",
    to: "config['shop']",
    line: "config['shop']",
    by: 'manifest-valid',
  },
  {
    is: 'a random value in a request',
    from: 'expand: lines',
    to: 'nonce: "{{ [1, 2, 3, 4, 5, 6, 7, 8, 9] | random }}"',
    line: 'nonce',
    by: 'request-stable',
  },
  {
    is: 'a random value in a record',
    from: 'value: "{{ record.id }}"',
    to: 'value: "{{ [1, 2, 3, 4, 5, 6, 7, 8, 9] | random }}"',
    line: 'type: DeclarativeStream',
    by: 'full-refresh-same',
  },
  {
    is: 'a stream to check that there is not',
    from: 'stream_names: [customers]',
    to: 'stream_names: [customer]',
    line: 'stream_names: [customer]',
    by: 'manifest-valid',
  },
];

test('there is nothing wrong with it as it is', async () => {
  expect(await findingsOf(shop)).toEqual([]);
});

describe('finds without a test file', () => {
  test.each(bugs.map((bug) => [bug.is, bug] as const))('%s', async (_is, { from, to, within, line, by }) => {
    const start = within === undefined ? 0 : shop.indexOf(within);
    const at = shop.indexOf(from, start);
    expect(at).toBeGreaterThan(0);
    const seeded = shop.slice(0, at) + to + shop.slice(at + from.length);
    const found = await findingsOf(
      seeded,
      specifiedChecks.filter(({ id }) => id === by),
    );
    const named = found.filter((each) => each.line.includes(line));
    // What else is found says more than that nothing was.
    expect(named.length > 0 ? [] : await findingsOf(seeded)).toEqual([]);
    expect(named.length).toBeGreaterThan(0);
  });
});
