import { ParentFieldPath } from '../../../../engine/components/extractors/parent-field-path.ts';
import { RecordExpander } from '../../../../engine/components/extractors/record-expander.ts';
import type { JsonObject } from '../../../../engine/util/json/json.ts';
import { readStream } from '../../../kit/read-manifest.ts';
import { makeComponent, testScope } from '../../../kit/scope.ts';

function expander(fields: JsonObject) {
  const scope = testScope({ components: [ParentFieldPath] });
  const made = makeComponent(RecordExpander, { type: 'RecordExpander', ...fields }, scope);
  return { ...made, logs: scope.logs };
}

const copy = (parent_path: string[], record_path: string[]) => ({
  type: 'ParentFieldPath',
  parent_path,
  record_path,
});

describe('parent_fields of a RecordExpander', () => {
  const parent = { id: 7, repo: { name: 'x', tags: [1] }, items: [{ id: 1 }, 'text'] };

  it('are copied to every item, wherever they go', () => {
    const { expand } = expander({
      expand_records_from_field: ['items'],
      parent_fields: [
        copy(['repo', 'name'], ['repo', 'name']),
        copy(['repo', 'tags', '0'], ['tag']),
        copy(['id'], ['id']),
        copy(['missing'], ['none']),
      ],
    });
    expect(expand(parent)).toEqual([
      { id: 7, repo: { name: 'x' }, tag: 1, none: null },
      { value: 'text', repo: { name: 'x' }, tag: 1, id: 7, none: null },
    ]);
  });

  it('cannot go through a value of the item that is no object', () => {
    const { expand } = expander({
      expand_records_from_field: ['items'],
      parent_fields: [copy(['id'], ['id', 'parent'])],
    });
    expect(() => expand(parent)).toThrow('cannot be copied to ["id","parent"]');
  });

  it('have paths to one place', () => {
    const make = (field: JsonObject) => () =>
      expander({ expand_records_from_field: ['items'], parent_fields: [field] });
    expect(make(copy(['*'], ['x']))).toThrow('"parent_path" must lead to one field');
    expect(make(copy(['x'], ['a?']))).toThrow('"record_path" must lead to one field');
    expect(make(copy([], ['x']))).toThrow('"parent_path" of ParentFieldPath is wrong');
  });
});

describe('merge_parent of a RecordExpander', () => {
  it("gives items the record's fields without the list, where they have none of their own", () => {
    const { expand } = expander({ expand_records_from_field: ['lines', 'data'], merge_parent: true });
    const parent = { id: 7, kind: 'invoice', lines: { data: [{ id: 1 }, 2], more: false } };
    expect(expand(parent)).toEqual([
      { id: 1, kind: 'invoice', lines: { more: false } },
      { id: 7, kind: 'invoice', lines: { more: false }, value: 2 },
    ]);
    expect(parent.lines.data).toHaveLength(2);
  });

  it('leaves out every list that is expanded, and nothing else', () => {
    const { expand } = expander({ expand_records_from_field: ['parts', '*'], merge_parent: true });
    expect(expand({ parts: { a: [{ id: 1 }], b: 'text', c: [] }, others: [1] })).toEqual([
      { parts: { b: 'text' }, others: [1], id: 1 },
    ]);
  });

  it('comes before the copies, and these before the original record', () => {
    const { expand } = expander({
      expand_records_from_field: ['items'],
      merge_parent: true,
      parent_fields: [copy(['id'], ['kind'])],
      remain_original_record: true,
    });
    const parent = { id: 7, kind: 'a', items: [{}] };
    expect(expand(parent)).toEqual([{ id: 7, kind: 7, original_record: parent }]);
  });
});

describe('a list that the record has only the beginning of', () => {
  const stream = (expander: string) => `
name: lines
retriever:
  requester: { url: https://api.test/invoices }
  record_selector:
    extractor:
      type: DpathExtractor
      field_path: [data]
      record_expander:
        type: RecordExpander
        expand_records_from_field: [lines, data]
        truncation_indicator_path: [lines, has_more]
        parent_fields: [{ parent_path: [id], record_path: [invoice] }]
        ${expander}
`;
  const retriever = `truncated_list_retriever:
          type: SimpleRetriever
          requester: { url: "https://api.test/invoices/{{ stream_slice['parent_record']['id'] }}/lines" }
          record_selector: { extractor: { type: DpathExtractor, field_path: [data] } }
          paginator:
            type: DefaultPaginator
            page_token_option: { inject_into: request_parameter, field_name: page }
            pagination_strategy: { type: CursorPagination, cursor_value: "{{ response.next }}" }
`;
  const invoice = (id: number, lines: JsonObject) => ({ id, lines });
  const invoices = [
    invoice(1, { has_more: false, data: [{ id: 'a' }] }),
    invoice(2, { has_more: true, total_count: 3, data: [{ id: 'b' }] }),
    invoice(3, { data: [{ id: 'c' }] }),
  ];

  it('is fetched, page by page, between those that the records have as a whole', async () => {
    const { records, asked, logs } = await readStream(stream(retriever), [
      { body: { data: invoices } },
      { body: { data: [{ id: 'b' }, { id: 'b2' }], next: 'x' } },
      { body: { data: [{ id: 'b3' }] } },
    ]);
    expect(records).toEqual([
      { id: 'a', invoice: 1 },
      { id: 'b', invoice: 2 },
      { id: 'b2', invoice: 2 },
      { id: 'b3', invoice: 2 },
      { id: 'c', invoice: 3 },
    ]);
    expect(asked).toEqual(['GET /invoices', 'GET /invoices/2/lines', 'GET /invoices/2/lines?page=x']);
    expect(logs.filter((line) => line.startsWith('WARN'))).toEqual([]);
  });

  it('is taken from the record when nothing comes back, with a warning', async () => {
    const { records, logs } = await readStream(stream(retriever), [
      { body: { data: invoices } },
      { body: { data: [] } },
    ]);
    expect(records.map(({ id }) => id)).toEqual(['a', 'b', 'c']);
    expect(logs.filter((line) => line.includes('found 0 items of a list that has 3'))).toHaveLength(1);
  });

  it('is told of once when nothing can fetch it', async () => {
    const { records, logs } = await readStream(stream(''), [{ body: { data: [...invoices, ...invoices] } }]);
    expect(records).toHaveLength(6);
    expect(logs.filter((line) => line.includes('has only 1 of 3 items'))).toHaveLength(1);
  });

  it('fails the stream when it cannot be fetched', async () => {
    const { statuses, errors } = await readStream(stream(retriever), [
      { body: { data: invoices } },
      { status: 404 },
    ]);
    expect(statuses.at(-1)).toBe('INCOMPLETE');
    expect(errors[0]?.message).toContain('/invoices/2/lines');
  });

  it.each([
    [
      'a partition router',
      stream(
        `${retriever}          partition_router: { type: ListPartitionRouter, values: [a], cursor_field: x }`,
      ),
      'partition_router',
    ],
    [
      'no indicator',
      stream(retriever).replace(/ +truncation_indicator_path.*\n/, ''),
      'truncation_indicator_path',
    ],
    ['an indicator with a glob', stream(retriever).replace('has_more]', '"*"]'), 'truncation_indicator_path'],
    [
      'several lists',
      stream(retriever).replace('[lines, data]', '[lines, "*"]'),
      'expand_records_from_field',
    ],
  ])('cannot be fetched with %s', async (_what, yaml, message) => {
    const { errors } = await readStream(yaml, []);
    expect(errors[0]).toMatchObject({ kind: 'config_error', message: expect.stringContaining(message) });
  });
});
