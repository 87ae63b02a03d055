import { suggestAt } from '../../../engine/language-server/features/completion.ts';
import { manifestWith, marked } from './marked.ts';

function labels(text: string): readonly string[] {
  const { document, offset } = marked(text);
  return suggestAt(document, offset).items.map(({ label }) => label);
}

const inRetriever = (text: string) => labels(manifestWith(text));

describe('fields', () => {
  test('of the component, without those that it has', () => {
    const found = inRetriever('type: SimpleRetriever\nrequester: {}\n‸');
    expect(found).toEqual(expect.arrayContaining(['record_selector', 'paginator', '$parameters']));
    expect(found).not.toContain('requester');
    expect(found).not.toContain('type');
  });

  test('while a name is typed', () => {
    const { document, offset } = marked(manifestWith('type: SimpleRetriever\npag‸'));
    const { items, typed } = suggestAt(document, offset);
    expect(typed).toBe('pag');
    expect(items.find(({ label }) => label === 'paginator')).toMatchObject({
      kind: 'field',
      insert: 'paginator: ',
      documentation: 'How the next page is found and asked for.',
    });
  });

  test('of a component of the default type, in a slot that is empty', () => {
    expect(inRetriever('type: SimpleRetriever\nrequester:\n  ‸')).toEqual(
      expect.arrayContaining(['type', '$ref', 'url_base', 'http_method']),
    );
  });

  test('of a component in a flow mapping', () => {
    expect(inRetriever('type: SimpleRetriever\nrequester: { type: HttpRequester, ‸ }')).toContain('url');
  });

  test('of what a mapping refers to', () => {
    expect(inRetriever('requester:\n  $ref: "#/definitions/base"\n  ‸')).toContain('request_headers');
  });

  test('of a definition, by its type', () => {
    const text = manifestWith('type: SimpleRetriever').replace(
      'url_base: https://api.shop.test',
      'url_base: https://api.shop.test\n    ‸',
    );
    expect(labels(text)).toContain('authenticator');
  });

  test('those that are needed come with that', () => {
    const { document, offset } = marked(manifestWith('type: SimpleRetriever\n‸'));
    const { items } = suggestAt(document, offset);
    const needed = items.filter(({ isRequired }) => isRequired).map(({ label }) => label);
    expect(needed).toEqual(['requester', 'record_selector']);
  });

  test('a former field says so', () => {
    const { document, offset } = marked(manifestWith('requester:\n  type: HttpRequester\n  ‸'));
    const { items } = suggestAt(document, offset);
    expect(items.find(({ label }) => label === 'url_base')?.isDeprecated).toBe(true);
  });
});

describe('values', () => {
  test('types of the slot', () => {
    const found = inRetriever('requester: {}\npaginator:\n  pagination_strategy:\n    type: ‸');
    expect(found).toEqual(
      expect.arrayContaining([
        'CursorPagination',
        'PageIncrement',
        'OffsetIncrement',
        'CustomPaginationStrategy',
      ]),
    );
    expect(found).not.toContain('HttpRequester');
  });

  test('one of a few', () => {
    expect(inRetriever('requester:\n  type: HttpRequester\n  http_method: ‸')).toEqual(['GET', 'POST']);
  });

  test('true or false', () => {
    expect(inRetriever('requester:\n  type: HttpRequester\n  use_cache: ‸')).toEqual(['true', 'false']);
  });

  test('references to definitions', () => {
    expect(inRetriever('requester:\n  $ref: "#/‸"')).toEqual([
      '#/definitions/base',
      '#/definitions/pages',
      '#/definitions/pages/cursor',
    ]);
  });

  test('names of streams', () => {
    const text = manifestWith('type: SimpleRetriever').replace('[orders]', '[‸]');
    expect(labels(text)).toEqual(['orders']);
  });
});

describe('fields of records', () => {
  const schema =
    'schema_loader: { type: InlineSchemaLoader, schema: { properties: { id: {}, updated_at: {} } } }';

  test('for the cursor and the key of a stream', () => {
    const text = manifestWith('type: SimpleRetriever').replace(/schema_loader: .*/, schema);
    expect(labels(text.replace('primary_key: id', 'primary_key: ‸'))).toEqual(['id', 'updated_at']);
    const cursor =
      '    incremental_sync:\n      type: DatetimeBasedCursor\n      cursor_field: ‸\n    retriever:';
    expect(labels(text.replace('    retriever:', cursor))).toEqual(['id', 'updated_at']);
  });

  test('for the key of a parent, those of the parent', () => {
    const text = manifestWith(
      [
        'type: SimpleRetriever',
        'partition_router:',
        '  type: SubstreamPartitionRouter',
        '  parent_stream_configs:',
        '    - stream: { $ref: "#/definitions/shops" }',
        '      parent_key: ‸',
      ].join('\n'),
    ).replace('definitions:', `definitions:\n  shops: { type: DeclarativeStream, name: shops, ${schema} }`);
    expect(labels(text)).toEqual(['id', 'updated_at']);
  });
});

describe('templates', () => {
  const at = (template: string) => inRetriever(`requester:\n  type: HttpRequester\n  path: "${template}"`);

  test('the names that a requester sees, and functions', () => {
    const found = at('{{ ‸');
    expect(found).toEqual(expect.arrayContaining(['config', 'stream_partition', 'now_utc']));
    expect(found).not.toContain('record');
  });

  test('fields of the config', () => {
    expect(at("{{ config['‸'] }}")).toEqual(['api_key', 'start_date']);
    expect(at('{{ config.st‸ }}')).toEqual(['api_key', 'start_date']);
  });

  test('filters', () => {
    expect(at('{{ config.api_key | ‸ }}')).toEqual(expect.arrayContaining(['upper', 'hash', 'base64encode']));
  });

  test('tests', () => {
    expect(at('{{ 1 if config.api_key is not ‸ }}')).toEqual(expect.arrayContaining(['defined', 'none']));
  });

  test('nothing in the middle of a text', () => {
    expect(at("{{ 'some ‸' }}")).toEqual([]);
  });

  test('nothing of templates outside of them', () => {
    expect(at('{{ 1 }}/or‸')).not.toContain('config');
  });
});

test('a document that is broken elsewhere still has suggestions', () => {
  const text = `${manifestWith('type: SimpleRetriever\n‸')}\n  - [}\n`;
  expect(labels(text)).toContain('record_selector');
});

test('an empty document and a comment have none', () => {
  expect(labels('# a comment ‸')).toEqual([]);
});

test('a stream that has just begun may be a whole one, of what the manifest has', () => {
  const { document, offset } = marked(
    manifestWith('type: SimpleRetriever').replace('spec:\n', '  - ‸\nspec:\n'),
  );
  const whole = suggestAt(document, offset).items.find(({ kind }) => kind === 'snippet');
  expect(whole?.insert).toContain(`  name: \${1:name}\n`);
  expect(whole?.insert).toContain(`      \\$ref: "#/definitions/base"\n      path: \${3:/path}\n`);
});

test('names of parameters are those that are written or read elsewhere', () => {
  const text = manifestWith(`type: SimpleRetriever
$parameters:
  ‸
requester:
  type: HttpRequester
  path: "{{ parameters['path'] }}/{{ parameters.get('more') }}"
  $parameters: { own: 1 }`);
  const { document, offset } = marked(text);
  expect(suggestAt(document, offset).items.map(({ insert }) => insert)).toEqual(
    expect.arrayContaining(['path: ', 'more: ', 'own: ']),
  );
});

test('of a parameter it is told where it is read, and what others give it is offered', () => {
  const text = manifestWith(`type: SimpleRetriever
requester:
  type: HttpRequester
  path: "{{ parameters['path'] }}/{{ parameters.records }}"
  $parameters: { records: items }
record_selector:
  $parameters: { records: items, path: /a }
paginator:
  $parameters: { records: data }
$parameters:
  ‸`);
  const names = marked(text);
  expect(
    suggestAt(names.document, names.offset).items.find(({ label }) => label === 'records')?.documentation,
  ).toBe(
    `Read in line 20: path: "{{ parameters['path'] }}/{{ parameters.records }}"\nOthers give it items, data.`,
  );
  const values = marked(text.replace('‸', 'records: ‸'));
  expect(suggestAt(values.document, values.offset).items.map(({ label }) => label)).toEqual([
    'items',
    'data',
  ]);
});

test('fields of a schema in a file, through references', () => {
  const text = manifestWith('type: SimpleRetriever')
    .replace('primary_key: id', 'primary_key: ‸')
    .replace(
      'schema_loader: { type: InlineSchemaLoader, schema: {} }',
      'schema_loader: { $ref: "#/definitions/loader" }',
    )
    .replace(
      'definitions:\n',
      `definitions:\n  loader: { type: JsonFileSchemaLoader, file_path: "./schemas/{{ parameters['name'] }}.json" }\n`,
    );
  const asked: string[] = [];
  const { document, offset } = marked(text, (name) => {
    asked.push(name);
    return '{ "properties": { "order_id": {}, "total": {} } }';
  });
  expect(suggestAt(document, offset).items.map(({ label }) => label)).toEqual(['order_id', 'total']);
  expect(asked).toEqual(['./schemas/orders.json']);
});
