import { loadManifest } from '../../../engine/connector/load-manifest.ts';
import { streamNode } from '../../../engine/manifest/written-streams.ts';
import { listsIn, lookedAt } from '../../../engine/studio/lists-in.ts';

test('lists of objects are found where they are, those of records aside', () => {
  const record = { id: 1, lines: [{ id: 2 }] };
  expect(listsIn({ total: 2, result: { items: [record, record], ids: [1, 2] }, errors: [] })).toEqual([
    { path: 'result.items', count: 2 },
  ]);
  expect(listsIn([record])).toEqual([{ path: '', count: 1 }]);
  expect(listsIn('text')).toEqual([]);
  expect(listsIn({ a: { b: { c: { d: [record] } } } })).toEqual([]);
});

test('where a stream looks, with the parameters that say so', () => {
  const { root } = loadManifest({
    name: 'x',
    text: `definitions:
  selector:
    type: RecordSelector
    extractor:
      type: DpathExtractor
      field_path: [result, "{{ parameters['records'] }}"]
streams:
  - type: DeclarativeStream
    name: orders
    $parameters: { records: orders }
    retriever: { type: SimpleRetriever, record_selector: { $ref: "#/definitions/selector" } }
  - { type: DeclarativeStream, name: other, retriever: { type: CustomRetriever, class_name: x.Y } }
`,
  });
  expect(lookedAt(streamNode(root, 'orders'))).toEqual({ looked: 'result.orders', line: 10 });
  expect(lookedAt(streamNode(root, 'other'))).toBeUndefined();
  expect(lookedAt(undefined)).toBeUndefined();
});
