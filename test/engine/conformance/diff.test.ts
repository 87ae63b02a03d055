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
    'the primary key was [["id"]] and is [["email"]]',
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

test('is a table in Markdown', async () => {
  const comparison = await comparisonWith((text) => text.replace('          email: { type: string }\n', ''));
  expect(diffMarkdown(comparison).split('\n').slice(0, 6)).toEqual([
    '**2 breaking.**',
    '',
    '| | stream | what | difference |',
    '| --- | --- | --- | --- |',
    '| breaking | customers | schema | the field "email" is gone |',
    '| breaking | customers | records | records have no "email" any more |',
  ]);
});
