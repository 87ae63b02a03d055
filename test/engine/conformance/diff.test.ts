import { readFileSync } from 'node:fs';
import { createSubject } from '../../../engine/conformance/create-subject.ts';
import { compareSubjects } from '../../../engine/conformance/diff/compare-subjects.ts';
import { diffMarkdown, diffText } from '../../../engine/conformance/diff/report-diff.ts';
import { loadManifest } from '../../../engine/connector/load-manifest.ts';

const shop = readFileSync('test/engine/conformance/seeded/shop.yaml', 'utf8');

function comparisonWith(change: (text: string) => string) {
  const changed = change(shop);
  expect(changed).not.toBe(shop);
  return compareTexts(shop, changed);
}

function compareTexts(before: string, after: string) {
  const subject = (text: string) =>
    createSubject({ file: 'shop.yaml', manifest: loadManifest({ name: 'shop.yaml', text }) });
  return compareSubjects(subject(before), subject(after));
}

test('a manifest differs in nothing from itself', async () => {
  const comparison = await compareTexts(shop, shop);
  expect(comparison).toEqual({
    differences: [],
    same: ['customers', 'orders', 'order_notes', 'visits'],
    unread: [],
  });
  expect(diffText(comparison)).toBe('= same      customers, orders, order_notes, visits\n\nNo difference.\n');
});

test.each([
  [
    'a field that is new',
    '          email: { type: string }',
    '          email: { type: string }\n          phone: { type: string }',
    'additive',
    'schema',
    'the field "phone" is new',
  ],
  [
    'a field that is gone',
    '          email: { type: string }\n',
    '',
    'breaking',
    'schema',
    'the field "email" is gone',
  ],
  [
    'a wider type',
    'email: { type: string }',
    'email: { type: [string, "null"] }',
    'additive',
    'schema',
    'the field "email" was string and is null or string',
  ],
  [
    'another type',
    'total: { type: number }',
    'total: { type: string }',
    'breaking',
    'schema',
    'the field "total" was number and is string',
  ],
  [
    'another key',
    'primary_key: [id]',
    'primary_key: [email]',
    'breaking',
    'key',
    'the primary key was "id" and is "email"',
  ],
  [
    'a format that states of before do not have',
    '"%Y-%m-%d"\n      start_datetime',
    '"%Y%m%d"\n      start_datetime',
    'breaking',
    'state',
    'a state of before, {"day":"2025-12-26"}, makes it fail',
  ],
  [
    'another page size',
    'page_size: 50',
    'page_size: 25',
    'changed',
    'requests',
    'it asked GET https://api.shop.test/v2/shops/',
  ],
  [
    'a stream that is gone',
    'name: visits',
    'name: visitors',
    'breaking',
    'stream',
    'is gone; "visitors", which is new, asks for the same: was it renamed?',
  ],
  [
    'a transformation that takes something away',
    '[[internal]]',
    '[[currency]]',
    'breaking',
    'records',
    'records have no "currency" any more',
  ],
  [
    'a filter that means the opposite',
    'record.total >= 0',
    'record.total < 0',
    'breaking',
    'records',
    'it emits no record any more; there were 6',
  ],
  [
    'a filter that lets more through',
    '          condition: "{{ record.total >= 0 }}"',
    '          condition: "{{ true }}"',
    'changed',
    'definition',
    '"retriever.record_selector.record_filter.condition" is written otherwise, and nothing that was read',
  ],
  [
    'pages that are not asked for any more',
    'cursor_value: "{{ response.meta.next_cursor }}"',
    'cursor_value: "{{ response.meta.next }}"',
    'breaking',
    'records',
    'it emits ',
  ],
  [
    'a page token that the API does not know',
    'field_name: after',
    'field_name: cursor',
    'breaking',
    'records',
    'it fails now: Paging of stream "customers" makes no progress',
  ],
  [
    'another place of the records',
    'field_path: [orders]',
    'field_path: [data]',
    'breaking',
    'records',
    'it emits no record any more',
  ],
  [
    'another value of a field',
    'value: "{{ record.id }}"',
    'value: "{{ record.id + 1 }}"',
    'breaking',
    'records',
    '"number" of records was ',
  ],
  [
    'credentials in another header',
    'type: BearerAuthenticator',
    'type: ApiKeyAuthenticator\n      inject_into: { type: RequestOption, inject_into: header, field_name: X-Key }',
    'breaking',
    'requests',
    'its credentials were in header "authorization" and are in header "x-key"',
  ],
  [
    'another path',
    'path: /customers',
    'path: /clients',
    'changed',
    'requests',
    'it asks elsewhere: it asked GET https://api.shop.test/v2/customers?',
  ],
  [
    'another way to treat errors',
    'action: RATE_LIMITED',
    'action: RETRY',
    'changed',
    'definition',
    '"retriever.requester.error_handler.response_filters.0.action" is written otherwise',
  ],
] as const)('tells of %s', async (_what, from, to, kind, aspect, message) => {
  const { differences } = await comparisonWith((text) => text.replaceAll(from, to));
  expect(
    differences.some(
      (each) => each.kind === kind && each.aspect === aspect && each.message.startsWith(message),
    )
      ? []
      : differences,
  ).toEqual([]);
  expect(differences.length).toBeGreaterThan(0);
});

test.each([
  [
    'required: [api_token, shop_id, start_date]',
    'required: [api_token, shop_id, start_date, region]',
    'breaking',
    '"region" is required now, and configs of the earlier version may lack it.',
  ],
  [
    'shop_id: { type: string,',
    'shop_id: { type: integer,',
    'breaking',
    '"shop_id" no longer takes the type string.',
  ],
  [
    '      shop_id: {',
    '      region: { type: string }\n      shop_id: {',
    'additive',
    'the field "region" is new',
  ],
] as const)('tells of another config: %s becomes %s', async (from, to, kind, message) => {
  const { differences } = await comparisonWith((text) => text.replace(from, to));
  expect(differences).toContainEqual({ aspect: 'spec', kind, message });
});

test('a path that is another one on purpose loses no records', async () => {
  const { differences } = await comparisonWith((text) => text.replace('path: /customers', 'path: /clients'));
  expect(differences.map(({ aspect }) => aspect)).toEqual(['requests']);
});

test('says of no stream that it is what the config is', async () => {
  const comparison = await comparisonWith((text) =>
    text.replace('      shop_id: {', '      region: { type: string }\n      shop_id: {'),
  );
  expect(diffText(comparison)).toContain('+ additive  the config  spec: the field "region" is new');
});

test('pages of another size do not hide that nothing comes of them', async () => {
  const { differences } = await comparisonWith((text) =>
    text.replace('page_size: 50', 'page_size: 25').replace('record.total >= 0', 'record.total < 0'),
  );
  expect(differences).toContainEqual({
    stream: 'orders',
    aspect: 'records',
    kind: 'breaking',
    message: 'it emits no record any more; there were 6',
  });
});

test('a stream that has a mistake now is broken', async () => {
  const { differences, unread } = await comparisonWith((text) =>
    text.replace('step: P7D', 'step: seven days'),
  );
  expect(unread).toEqual([]);
  expect(differences).toEqual([
    expect.objectContaining({ stream: 'visits', aspect: 'stream', kind: 'breaking' }),
  ]);
  expect(differences[0]?.message).toMatch(/^cannot be read any more: /);
});

test('one change of many streams is told in one line', async () => {
  const comparison = await comparisonWith((text) => text.replace('action: RATE_LIMITED', 'action: RETRY'));
  expect(comparison.differences).toHaveLength(4);
  expect(diffText(comparison)).toContain('~ changed   customers, orders, order_notes, visits  definition: ');
  expect(diffMarkdown(comparison)).toContain(
    '| changed | customers, orders, order_notes, visits | definition |',
  );
});

test('is a table in Markdown', async () => {
  const comparison = await comparisonWith((text) => text.replace('          email: { type: string }\n', ''));
  expect(diffMarkdown(comparison).split('\n').slice(0, 6)).toEqual([
    '**1 breaking.**',
    '',
    '| | stream | what | difference |',
    '| --- | --- | --- | --- |',
    '| breaking | customers | schema | the field "email" is gone |',
    '',
  ]);
});
