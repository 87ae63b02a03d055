import { loadManifest } from '../../../engine/connector/load-manifest.ts';
import { fixesAt } from '../../../engine/language-server/features/fixes.ts';
import { hoverAt } from '../../../engine/language-server/features/hover.ts';
import { inlayHintsIn } from '../../../engine/language-server/features/inlay-hints.ts';
import { lensesOf } from '../../../engine/language-server/features/lenses.ts';
import { definitionAt, referencesAt } from '../../../engine/language-server/features/symbols.ts';
import { tokensOf } from '../../../engine/language-server/features/tokens.ts';
import { manifestWith, marked } from './marked.ts';

const retriever = `type: SimpleRetriever
requester:
  $ref: "#/definitions/base"
  path: "/orders/{{ config['api_key'] | upper }}"
paginator: { $ref: "#/definitions/pages/cursor" }
record_selector: { extractor: { field_path: [] } }`;

/** The manifest with a caret before the first text like that. */
function at(text: string, offset = 0) {
  const manifest = manifestWith(retriever);
  const place = manifest.indexOf(text) + offset;
  return marked(`${manifest.slice(0, place)}‸${manifest.slice(place)}`);
}

function textAt({ document }: ReturnType<typeof at>, span: { start: number; end: number } | undefined) {
  return span && document.text.slice(span.start, span.end);
}

describe('hover', () => {
  const hover = (text: string, offset = 1) => {
    const { document, offset: place } = at(text, offset);
    return hoverAt(document, place)?.text;
  };

  test('a field: what it means and what it takes', () => {
    expect(hover('paginator:')).toMatch(
      /^\*\*paginator\*\* of SimpleRetriever\n\nHow the next page is found/,
    );
    expect(hover('paginator:')).toContain('`DefaultPaginator`');
  });

  test('a type', () => {
    expect(hover('SimpleRetriever')).toMatch(/^\*\*SimpleRetriever\*\* — Reads a slice/);
  });

  test('a reference: what is there', () => {
    expect(hover('#/definitions/base')).toContain('url_base: https://api.shop.test');
  });

  test('a field of the config', () => {
    expect(hover('api_key')).toContain('From the settings of the shop.');
  });

  test('a name of a template', () => {
    expect(hover("config['api_key']")).toMatch(/^\*\*config\*\* — /);
  });

  test('a name that is not known at its place says so', () => {
    const text = manifestWith(retriever.replace("config['api_key']", 'rec‸ord.id'));
    const { document, offset } = marked(text);
    expect(hoverAt(document, offset)?.text).toContain('Not known here');
  });

  test('nothing about what has no meaning', () => {
    expect(hover('https://api')).not.toContain('undefined');
  });
});

describe('definitions, references', () => {
  test('of a part that others refer to', () => {
    const here = at('#/definitions/base', 16);
    expect(textAt(here, definitionAt(here.document, here.offset))).toBe('base');
    expect(referencesAt(here.document, here.offset)).toHaveLength(2);
  });

  test('each step of a reference by itself', () => {
    const inner = at('#/definitions/pages/cursor', 22);
    expect(textAt(inner, definitionAt(inner.document, inner.offset))).toBe('cursor');
    const outer = at('#/definitions/pages/cursor', 16);
    expect(textAt(outer, definitionAt(outer.document, outer.offset))).toBe('pages');
  });

  test('of a stream', () => {
    const here = at('[orders]', 2);
    const names = referencesAt(here.document, here.offset);
    expect(names.map((span) => textAt(here, span))).toEqual(['orders', 'orders']);
  });

  test('of a field of the config: the spec, what is required, templates', () => {
    const here = at("config['api_key']", 9);
    const names = referencesAt(here.document, here.offset);
    expect(names.map((span) => textAt(here, span))).toEqual(['api_key', 'api_key', 'api_key']);
    const declared = definitionAt(here.document, here.offset);
    expect(here.document.text.slice(0, declared?.start)).toMatch(/properties:\s*$/);
  });

  test('of nothing', () => {
    const here = at('6.0.0');
    expect(definitionAt(here.document, here.offset)).toBeUndefined();
    expect(referencesAt(here.document, here.offset)).toEqual([]);
  });
});

describe('fixes', () => {
  function fixes(text: string) {
    const { document, offset } = marked(text);
    return fixesAt(document, offset).map(({ text }) => text);
  }

  test('a misspelt field', () => {
    expect(fixes(manifestWith('type: SimpleRetriever\n‸paginater: {}'))[0]).toBe('paginator');
  });

  test('a misspelt type', () => {
    expect(fixes(manifestWith('type: ‸SimpelRetriever'))[0]).toBe('SimpleRetriever');
  });

  test('a misspelt filter, and a field of the config', () => {
    const inPath = (template: string) =>
      fixes(manifestWith(`requester:\n  type: HttpRequester\n  path: "${template}"`));
    expect(inPath('{{ config.api_key | ‸uper }}')[0]).toBe('upper');
    expect(inPath("{{ config['‸api_kee'] }}")).toEqual(['api_key']);
  });
});

test('templates have tokens, at their places', () => {
  const { document } = marked(manifestWith(retriever));
  const seen = tokensOf(document).map(({ start, length, type }) => [
    document.text.slice(start, start + length),
    type,
  ]);
  expect(seen).toEqual([
    ['{{', 'operator'],
    ['config', 'variable'],
    ["'api_key'", 'string'],
    ['|', 'operator'],
    ['upper', 'function'],
    ['}}', 'operator'],
  ]);
});

test('streams have lenses', () => {
  const { document } = marked(manifestWith(retriever));
  expect(lensesOf(document).map(({ title, stream }) => [title, stream])).toEqual([
    ['▶ preview', 'orders'],
    ['▶ test', 'orders'],
  ]);
});

describe('inlay hints', () => {
  async function hints(text: string) {
    const found = await inlayHintsIn(text, async () => loadManifest({ name: 'shop.yaml', text }));
    return found.map(({ at, text: hint }) => [
      text.slice(text.lastIndexOf('\n', at - 1) + 1, at).trim(),
      hint,
    ]);
  }

  const plain = `type: SimpleRetriever
requester: { $ref: "#/definitions/base", path: /orders }
record_selector: { type: RecordSelector, extractor: { type: DpathExtractor, field_path: [] } }`;

  test('a list that is read at once', async () => {
    expect(await hints(manifestWith(plain))).toEqual([['- type: DeclarativeStream', 'a request']]);
  });

  test('pages, windows, records of a parent', async () => {
    const child = `${plain}
paginator:
  type: DefaultPaginator
  pagination_strategy: { type: PageIncrement, page_size: 50 }
partition_router:
  type: SubstreamPartitionRouter
  parent_stream_configs:
    - type: ParentStreamConfig
      parent_key: id
      partition_field: shop
      stream:
        type: DeclarativeStream
        name: shops
        retriever:
          type: SimpleRetriever
          requester: { $ref: "#/definitions/base", path: /shops }
          record_selector: { type: RecordSelector, extractor: { type: DpathExtractor, field_path: [] } }
          partition_router: { type: ListPartitionRouter, cursor_field: land, values: [de, fr] }
        schema_loader: { type: InlineSchemaLoader, schema: {} }`;
    const text = manifestWith(child).replace(
      '    primary_key: id\n',
      `    primary_key: id
    incremental_sync:
      type: DatetimeBasedCursor
      cursor_field: updated_at
      datetime_format: "%Y-%m-%d"
      cursor_granularity: P1D
      start_datetime: "2024-01-01"
      step: P30D\n`,
    );
    expect(await hints(text)).toEqual([
      ['- type: DeclarativeStream', 'a request for each record of shops, window of P30D, page of 50'],
    ]);
  });

  test('partitions that are listed', async () => {
    const list = `${plain}\npartition_router: { type: ListPartitionRouter, cursor_field: land, values: [de, fr] }`;
    expect(await hints(manifestWith(list))).toEqual([
      ['- type: DeclarativeStream', 'a request for each of 2 values'],
    ]);
  });

  test('none while the manifest cannot be read', async () => {
    expect(await hints('streams: [')).toEqual([]);
  });
});

test('the beginning of a reference leads to what the whole one means', () => {
  const { document, offset } = marked(
    manifestWith('type: SimpleRetriever\nrequester: { $ref: "#/defin‸itions/base" }'),
  );
  const span = definitionAt(document, offset);
  expect(document.text.slice(span?.start, span?.end)).toBe('base');
});
