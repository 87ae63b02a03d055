import { loadManifest } from '../../../engine/connector/load-manifest.ts';
import { findingsIn } from '../../../engine/connector/manifest-findings.ts';
import type { Diagnostic } from '../../../engine/error/diagnostic.ts';
import type { Place } from '../../../engine/error/place.ts';
import {
  createFindingsMemory,
  type FindingsMemory,
  type Sound,
} from '../../../engine/language-server/findings-memory.ts';
import { parseManifest } from '../../../engine/manifest/parse.ts';
import type { RuleContext } from '../../../engine/validate/rule.ts';
import { validateManifest } from '../../../engine/validate/validate-manifest.ts';
import { ancestorOf, type ComponentAt, textIn } from '../../../engine/validate/visit.ts';
import { shortIntercom } from '../../kit/short-manifest.ts';
import { typing } from '../../kit/typing.ts';

const placeText = ({ start, end, pointer, via }: Place): string =>
  `${pointer} ${start}-${end}${via === undefined ? '' : ` by ${placeText(via)}`}`;

function lines(found: readonly Diagnostic[]): readonly string[] {
  return found
    .map(({ severity, message, places, offset, rule, stream }) =>
      [severity, message, offset, rule, stream, ...places.map(placeText)].join(' | '),
    )
    .sort();
}

const isReadable = (text: string) => parseManifest({ name: 'x', text }).node !== undefined;

/**
 * What is found in each of the texts, with what was found before, by this process and by others, and without. Unreadable ones
 * are left out.
 */
function bothWays(texts: Iterable<string>, path = 'manifests/intercom.yaml') {
  const memory = createFindingsMemory();
  const sound = new Map<string, Sound['files']>();
  return [...texts].flatMap((text) => {
    try {
      const source = { name: 'x', text };
      const remembered = lines(findingsIn(loadManifest(source), { path, memory }));
      const anew = lines(findingsIn(loadManifest(source), { path }));
      const another = createFindingsMemory((by) => sound.get(by));
      const handedOn = lines(findingsIn(loadManifest(source), { path, memory: another }));
      for (const { by, files } of another.sound()) sound.set(by, files);
      return [{ remembered, handedOn, anew }];
    } catch {
      return [];
    }
  });
}

const shop = (
  parts: { spec?: string; base?: string; orders?: string; items?: string } = {},
) => `version: 6.0.0
type: DeclarativeSource
check: { type: CheckStream, stream_names: [orders] }
definitions:
  base:
    type: HttpRequester
    url: https://api.shop.test
    ${parts.base ?? 'http_method: GET'}
  selector: { type: RecordSelector, extractor: { type: DpathExtractor, field_path: [] } }
streams:
  - type: DeclarativeStream
    name: orders
    retriever:
      type: SimpleRetriever
      requester: { $ref: "#/definitions/base", path: "/orders/{{ config['key'] }}" }
      record_selector: { $ref: "#/definitions/selector" }
      ${parts.orders ?? 'partition_router: []'}
    schema_loader: { type: InlineSchemaLoader, schema: {} }
  - type: DeclarativeStream
    name: items
    retriever:
      type: SimpleRetriever
      requester: { $ref: "#/definitions/base", path: "/items/{{ total }}" }
      record_selector: { $ref: "#/definitions/selector" }
      ${parts.items ?? 'partition_router: []'}
    schema_loader: { type: InlineSchemaLoader, schema: {} }
spec:
  type: Spec
  connection_specification:
    type: object
    properties: { ${parts.spec ?? 'key: { type: string }'} }
`;

const router = `partition_router:
        type: SubstreamPartitionRouter
        parent_stream_configs:
          - type: ParentStreamConfig
            parent_key: id
            partition_field: id
            extra_fields: [[total]]
            stream: { $ref: "#/streams/1" }`;

test.each([
  ['a definition that both refer to', { base: 'http_methode: GET' }],
  ['the spec', { spec: 'token: { type: string }' }],
  ['what one stream hands on to templates of all', { orders: router }],
  ['another stream', { items: 'paginatr: {}' }],
  ['lines above', { base: 'http_method: GET\n    # one\n    # two' }],
] as const)('a change of %s is noticed where it matters, and when it is taken back', (_, changed) => {
  const texts = [shop(), shop(changed), shop()];
  const found = bothWays(texts);
  expect(found).toHaveLength(3);
  for (const { remembered, handedOn, anew } of found) expect([remembered, handedOn]).toEqual([anew, anew]);
  expect(found[0]?.anew).toEqual(found[2]?.anew);
});

test('through many changes of a manifest with streams of many kinds, of which some break it', () => {
  const text = shortIntercom(
    'tags',
    'contacts',
    'contact_tags',
    'contact_notes',
    'conversations',
    'articles',
  );
  const found = bothWays(typing(text, 20, isReadable));
  expect(found.length).toBeGreaterThan(10);
  for (const { remembered, handedOn, anew } of found) expect([remembered, handedOn]).toEqual([anew, anew]);
});

test('a schema file that comes is noticed, though the text is the same', () => {
  const text = shop({ items: 'partition_router: []' }).replace(
    'schema_loader: { type: InlineSchemaLoader, schema: {} }',
    'schema_loader: { type: JsonFileSchemaLoader, file_path: ./schemas/orders.json }',
  );
  const memory = createFindingsMemory();
  const find = (has: boolean) =>
    findingsIn(loadManifest({ name: 'x', text }), {
      path: 'manifests/x.yaml',
      hasBundledSchema: () => has,
      memory,
    }).filter(({ rule }) => rule === 'schema-files').length;
  expect([find(false), find(true), find(false)]).toEqual([1, 0, 1]);
});

test('what did not change is not looked at again', () => {
  const memory = createFindingsMemory();
  const looked: string[] = [];
  const rules = (text: string) => {
    const manifest = loadManifest({ name: 'x', text });
    const own = memory(manifest, undefined);
    looked.length = 0;
    return findingsIn(manifest, {
      memory: () =>
        own && {
          ...own,
          findings: (child, whole, find) =>
            own.findings(child, whole, (at, hasFile) => {
              looked.push(String(at.field));
              return find(at, hasFile);
            }),
        },
    });
  };
  rules(shop());
  expect(looked.filter((field) => field === 'streams')).toHaveLength(2);
  rules(shop({ items: 'partition_router: [] # remark' }));
  expect(looked.filter((field) => field === 'streams')).toHaveLength(1);
  rules(shop({ items: 'partition_router: [] # remark', base: 'http_method: POST' }));
  expect(looked.filter((field) => field === 'streams')).toHaveLength(2);
});

describe('streams in which another process found nothing wrong', () => {
  /** The streams that are looked at, when those of the first text are known. */
  function lookedAt(text: string, hasFile = () => true): readonly string[] {
    const streams = new Set<string>();
    const rules = {
      looks: (at: ComponentAt, context: RuleContext) => {
        const name = textIn(ancestorOf(at, 'Stream'), 'name');
        if (name !== undefined) streams.add(name);
        context.hasFile?.('x.json');
        return [];
      },
    };
    const find = (written: string, memory: FindingsMemory, has: () => boolean) => {
      const manifest = loadManifest({ name: 'x', text: written });
      validateManifest(manifest, { rules, hasFile: has, memory: memory(manifest, has) });
    };
    const first = createFindingsMemory();
    find(shop(), first, () => true);
    streams.clear();
    const sound = new Map(first.sound().map(({ by, files }) => [by, files]));
    find(
      text,
      createFindingsMemory((by) => sound.get(by)),
      hasFile,
    );
    return [...streams];
  }

  it.each([
    ['nothing has changed', shop(), []],
    [
      'one has changed',
      shop({ orders: 'ignore_stream_slicer_parameters_on_paginated_requests: true' }),
      ['orders'],
    ],
    ['what they are made of has changed', shop({ base: 'http_method: POST' }), ['orders', 'items']],
    ['the spec has changed', shop({ spec: 'token: { type: string }' }), ['orders', 'items']],
  ])('are looked at again as far as it matters: %s', (_, text, expected) => {
    expect(lookedAt(text)).toEqual(expected);
  });

  it('are looked at again when a file is gone', () => {
    expect(lookedAt(shop(), () => false)).toEqual(['orders', 'items']);
  });
});
