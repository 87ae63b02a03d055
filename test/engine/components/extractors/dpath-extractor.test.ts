import { DpathExtractor } from '../../../../engine/components/extractors/dpath-extractor.ts';
import { RecordExpander } from '../../../../engine/components/extractors/record-expander.ts';
import type { Decoder } from '../../../../engine/contract/families.ts';
import { recordsOf, testPage } from '../../../kit/decode.ts';
import { makeComponent, testScope } from '../../../kit/scope.ts';

function extractor(fields: object, scope = testScope({ components: [RecordExpander] })) {
  return makeComponent(DpathExtractor, { type: 'DpathExtractor', ...fields }, scope);
}

describe('DpathExtractor', () => {
  it('gives the items of a list, an object as one record, and nothing for anything empty', async () => {
    const at = extractor({ field_path: ['data'] });
    expect(await recordsOf(at, { body: { data: [{ id: 1 }, {}] } })).toEqual([{ id: 1 }, {}]);
    expect(await recordsOf(at, { body: { data: { id: 1 } } })).toEqual([{ id: 1 }]);
    for (const data of [{}, [], null, '']) expect(await recordsOf(at, { body: { data } })).toEqual([]);
    expect(await recordsOf(at, { body: { other: 1 } })).toEqual([]);
  });

  it('takes the whole document without a path, and every element of a list of documents', async () => {
    const whole = extractor({ field_path: [] });
    expect(await recordsOf(whole, { body: [{ id: 1 }, { id: 2 }] })).toEqual([{ id: 1 }, { id: 2 }]);
    expect(await recordsOf(whole, { body: '' })).toEqual([]);
    const names = extractor({ field_path: ['items'] });
    expect(await recordsOf(names, { body: [{ items: [{ id: 1 }] }, { items: [{ id: 2 }] }] })).toEqual([
      { id: 1 },
      { id: 2 },
    ]);
  });

  it('takes every value that a star matches', async () => {
    const stars = extractor({ field_path: ['*', 'record'] });
    expect(await recordsOf(stars, { body: { a: { record: { id: 1 } }, b: { record: { id: 2 } } } })).toEqual([
      { id: 1 },
      { id: 2 },
    ]);
  });

  it('evaluates its path with config and parameters', async () => {
    const scope = testScope({ config: { field: 'users' }, parameters: { inner: 'list' } });
    const at = extractor({ field_path: ["{{ config['field'] }}", "{{ parameters['inner'] }}"] }, scope);
    expect(await recordsOf(at, { body: { users: { list: [{ id: 1 }] } } })).toEqual([{ id: 1 }]);
  });

  it('reads with the decoder of its retriever, batch by batch', async () => {
    const decoder: Decoder = {
      isStreaming: true,
      async *decode() {
        yield [{ x: { id: 1 } }, { x: { id: 2 } }];
        yield [{ y: 0 }];
        yield [{ x: { id: 3 } }];
      },
    };
    const at = extractor({ field_path: ['x'] });
    const batches: unknown[] = [];
    for await (const batch of at.extract(testPage({}, decoder))) batches.push(batch);
    expect(batches).toEqual([[{ id: 1 }, { id: 2 }], [{ id: 3 }]]);
  });

  it('expands what it finds', async () => {
    const at = extractor({
      field_path: ['data'],
      record_expander: { type: 'RecordExpander', expand_records_from_field: ['lines'] },
    });
    const body = { data: [{ lines: [{ id: 1 }, { id: 2 }] }, 'text', { lines: [] }] };
    expect(await recordsOf(at, { body })).toEqual([{ id: 1 }, { id: 2 }, 'text']);
  });
});

describe('RecordExpander', () => {
  const expander = (fields: object) => makeComponent(RecordExpander, { type: 'RecordExpander', ...fields });

  it('makes a record of every item of every list that matches', () => {
    const { expand } = expander({ expand_records_from_field: ['sections', '*', 'items'] });
    expect(expand({ sections: [{ items: [1, { a: 2 }] }, { items: 'no list' }, { items: [[3]] }] })).toEqual([
      1,
      { a: 2 },
      [3],
    ]);
  });

  it('keeps the original record when told so', () => {
    const { expand } = expander({ expand_records_from_field: ['items'], remain_original_record: true });
    const parent = { id: 1, items: [{ a: 2 }, 'x'] };
    expect(expand(parent)).toEqual([
      { a: 2, original_record: parent },
      { value: 'x', original_record: parent },
    ]);
    expect(parent.items[0]).toEqual({ a: 2 });
  });

  it('gives nothing, or the parent, when there are no items', () => {
    const path = { expand_records_from_field: ['items'] };
    expect(expander(path).expand({ id: 1, items: [] })).toEqual([]);
    const parent = { id: 1, items: { no: 'list' } };
    expect(expander({ ...path, on_no_records: 'emit_parent' }).expand(parent)).toEqual([parent]);
  });
});
