import type { OutgoingRequest } from '../../../../engine/contract/families.ts';
import type { LineFormat } from '../../../../engine/contract/lines.ts';
import { toJsonLines } from '../../../../engine/protocol/write.ts';
import { type Given, type Read, readStream } from '../../../kit/read-manifest.ts';
import type { Answer, Answers } from '../../../kit/scope.ts';

const lines: LineFormat = { head: '', tail: () => '\n', withoutNulls: false };

const requester = `
    type: HttpRequester
    url_base: https://api.test
    path: /items`;

const paginator = `
    type: DefaultPaginator
    page_token_option: { type: RequestOption, inject_into: request_parameter, field_name: after }
    pagination_strategy:
      type: CursorPagination
      cursor_value: "{{ response.next }}"
      stop_condition: "{{ not response.next }}"`;

const cursor = `
incremental_sync:
  type: DatetimeBasedCursor
  cursor_field: at
  datetime_format: "%s"
  start_datetime: "0"`;

function stream({ selector = '', more = '', paging = paginator, path = '[data]' } = {}): string {
  return `
type: DeclarativeStream
name: items
primary_key: id
retriever:
  type: SimpleRetriever
  requester: ${requester}
  paginator: ${paging}
  record_selector:
    type: RecordSelector
    extractor: { type: DpathExtractor, field_path: ${path} }
    ${selector}
schema_loader: { type: InlineSchemaLoader, schema: {} }
${more}`;
}

const pages = ({ url }: OutgoingRequest): Answer => {
  const at = Number(url.searchParams.get('after') ?? 0);
  const data = [1, 2].map((id) => ({ id: at + id, at: 100 * (at + id), text: 'é\n', nothing: null }));
  return { body: { data, next: at < 4 ? String(at + 2) : null } };
};

/** Reads twice, as objects and as lines. */
async function both(yaml: string, answers: Answers, given: Given = {}): Promise<readonly [Read, Read]> {
  return [await readStream(yaml, answers, given), await readStream(yaml, answers, { ...given, lines })];
}

function expectSame([objects, asLines]: readonly [Read, Read]): void {
  // Those that came as objects after all stand behind the others here.
  const texts = (asLines.lines + toJsonLines(asLines.records)).split('\n');
  expect(texts.toSorted()).toEqual(toJsonLines(objects.records).split('\n').toSorted());
  expect(asLines.states).toEqual(objects.states);
  expect(asLines.statuses).toEqual(objects.statuses);
  expect(asLines.asked).toEqual(objects.asked);
  expect(asLines.errors.map(String)).toEqual(objects.errors.map(String));
}

test('pages come as lines, with the same requests and states', async () => {
  const reads = await both(stream({ more: cursor }), pages);
  expectSame(reads);
  expect(reads[1].events).toContain('lines 2');
  expect(reads[1].records).toEqual([]);
  expect(reads[1].states.at(-1)).toEqual({ at: '600' });
});

test('a token that is looked for in the last record is found', async () => {
  const paging = paginator
    .replace('response.next }}"', 'last_record.id }}"')
    .replace('stop_condition: "{{ not response.next }}"', 'stop_condition: "{{ last_record.id >= 6 }}"');
  const reads = await both(stream({ paging }), pages);
  expectSame(reads);
  expect(reads[1].asked).toHaveLength(3);
  expect(reads[1].records).toEqual([]);
});

test('a stop condition may look into the records of the response', async () => {
  const paging = paginator.replace(
    'stop_condition: "{{ not response.next }}"',
    `stop_condition: "{{ not response.data or response.data[-1]['id'] >= 4 or response.data | map(attribute='id') | sum > 100 }}"`,
  );
  const reads = await both(stream({ paging }), pages);
  expectSame(reads);
  expect(reads[1].asked).toHaveLength(2);
});

test('a page that lines cannot be made of comes as objects, between pages that come as lines', async () => {
  const answers: Answers = (request) => {
    const page = pages(request);
    if (request.url.searchParams.get('after') !== '2') return page;
    return { body: JSON.stringify(page.body).replace('"text"', '"text":1,"text"') };
  };
  const reads = await both(stream({ more: cursor }), answers);
  expectSame(reads);
  const pagesSeen = reads[1].events.filter((event) => event.includes(' '));
  expect(pagesSeen).toEqual(['lines 2', 'records 2', 'lines 2']);
});

test('what is no JSON is tried again and then an error, as ever', async () => {
  const reads = await both(stream(), () => ({ body: '<html>' }));
  expectSame(reads);
  expect(reads[1].statuses.at(-1)).toBe('INCOMPLETE');
});

test('an empty page ends as it does with objects', async () => {
  expectSame(await both(stream(), () => ({ body: { data: [] } })));
});

test.each([
  ['a filter', { selector: `record_filter: { type: RecordFilter, condition: "{{ record.id != 3 }}" }` }],
  [
    'a transformation',
    { more: `transformations: [{ type: AddFields, fields: [{ path: [x], value: "{{ record.id }}" }] }]` },
  ],
  ['a normalisation', { selector: 'schema_normalization: Default' }],
  ['a cursor that filters', { more: `${cursor}\n  is_client_side_incremental: true` }],
  ['a feed', { more: `${cursor}\n  is_data_feed: true` }],
  ['a path with a pattern', { path: '["d*"]' }],
])('%s needs objects', async (_, parts) => {
  const reads = await both(stream(parts), pages);
  expectSame(reads);
  expect(reads[1].lines).toBe('');
  expect(reads[1].records.length).toBeGreaterThan(0);
});

test('whoever listens to decisions gets objects', async () => {
  const read = await readStream(stream(), pages, { lines, surroundings: { onDecision: () => {} } });
  expect(read.lines).toBe('');
  expect(read.records).toHaveLength(6);
});

describe('a body of JSON lines', () => {
  const paging = '{ type: NoPagination }';
  const jsonLines = (more = '') =>
    stream({ paging, path: '[]', more }).replace(
      '  paginator:',
      '  decoder: { type: JsonlDecoder }\n  paginator:',
    );
  const line = (id: number) => `{"id": ${id}, "at": ${100 * id}, "text": "é\\n", "nothing": null}`;
  const many = Array.from({ length: 2500 }, (_, id) => line(id + 1));

  test('comes as lines', async () => {
    const reads = await both(jsonLines(cursor), () => ({ body: many.join('\n') }));
    expectSame(reads);
    expect(reads[1].records).toEqual([]);
    expect(reads[1].states.at(-1)).toEqual({ at: '250000' });
  });

  test.each([
    ['is empty', []],
    ['begins with a byte order mark', [`\ufeff${line(1)}`, line(2)]],
    ['has blank lines', ['', line(1), '', ' ', line(2), '']],
    ['has empty objects, which count as nothing', [line(1), '{}', line(2)]],
    ['has lists, of which each item is a record', [line(1), `[${line(2)}, ${line(3)}]`]],
    ['has integers that only Python holds, and its numbers', ['{"id": 12345678901234567890}', '{"id": NaN}']],
    ['has a name twice', ['{"id": 1, "id": 2}']],
    ['has a record over two lines', [line(1), '{"id": 2', '"at": 3}']],
    ['has no records in its first line', ['{"id": 1}', '3']],
    ['is broken at once', ['<html>', line(1)]],
    ['is broken later', [...many, 'sorry', line(1)]],
    ['ends in the middle', [...many, '{"id": 26']],
  ])('that %s is read as it is by way of objects', async (_, body) => {
    expectSame(await both(jsonLines(), () => ({ body: body.join('\n') })));
  });

  test('of which somebody looks into the records comes as objects', async () => {
    const reads = await both(
      jsonLines('transformations: [{ type: RemoveFields, field_pointers: [[at]] }]'),
      () => ({ body: many.join('\n') }),
    );
    expectSame(reads);
    expect(reads[1].lines).toBe('');
  });
});
