import {
  ellipsis,
  outside,
  PyBytes,
  PyComplex,
  PyDate,
  PyDecimal,
  PyFloat,
  PyHeaders,
  PyIterator,
  PyMarkup,
  PyRecord,
  PyStreamSlice,
  PyTimedelta,
  PyTuple,
  pyEquals,
  pyRepr,
  pyStr,
  pyTruth,
  pythonDict,
  setOf,
  toJson,
  Undefined,
} from '../../../engine/template/python-values.ts';
import { createTemplates } from '../../../engine/template/template.ts';

const py = outside();
const slice = (extra = {}) =>
  new PyStreamSlice({ partition: { p: 1 }, cursor: { a: 'b' }, extraFields: extra });
const record = new PyRecord({ data: { id: 1, data: 2 }, stream_name: 's' });
const headers = new PyHeaders({ 'X-Rate': '5' });

describe('toJson', () => {
  it.each<readonly [string, unknown, unknown]>([
    ['a float', new PyFloat(2), 2],
    ['an infinite float', new PyFloat(Number.POSITIVE_INFINITY), null],
    ['a tuple', [new PyTuple([1, new PyFloat(2)])], [[1, 2]]],
    ['a set', setOf([1, 'a'], py), [1, 'a']],
    ['a date', new PyDate(0), '1970-01-01'],
    ['a duration', new PyTimedelta(1_000_000n), '0:00:01'],
    ['bytes', new PyBytes(Buffer.from('é')), 'é'],
    ['Markup', new PyMarkup('<b>'), '<b>'],
    ['nothing', new Undefined('x'), null],
    ['a slice', slice(), { p: 1, a: 'b' }],
    ['a record', record, { id: 1, data: 2 }],
    [
      'a dict',
      pythonDict(
        [
          [1, 'a'],
          [true, 'b'],
          [null, 'c'],
          ['x', 'd'],
          [1.5, 'e'],
        ],
        py,
      ),
      { 1: 'b', null: 'c', x: 'd', '1.5': 'e' },
    ],
    ['a plain object', { a: [{ b: new PyTuple([]) }], c: undefined }, { a: [{ b: [] }], c: undefined }],
    ['true as a key', pythonDict([[true, 1]], py), { true: 1 }],
  ])('%s', (_name, value, expected) => {
    expect(toJson(value)).toEqual(expected);
  });
});

describe('mappings that are no dicts', () => {
  const templates = createTemplates({ clock: { now: () => 0, sleep: async () => {} } });
  const context = { stream_slice: slice({ q: 2 }), last_record: record, headers };
  it.each([
    ['stream_slice', "{'p': 1, 'a': 'b'}"],
    ['stream_slice.partition', "{'p': 1}"],
    ['stream_slice.cursor_slice', "{'a': 'b'}"],
    ['stream_slice.extra_fields', "{'q': 2}"],
    ['stream_slice.p ~ stream_slice["a"]', '1b'],
    ['stream_slice.get("z", 5)', '5'],
    ['stream_slice.get("p")', '1'],
    ['stream_slice.keys() | list', "['p', 'a']"],
    ['stream_slice.values() | list', "[1, 'b']"],
    ['stream_slice.items() | list', "[('p', 1), ('a', 'b')]"],
    ['stream_slice.update is defined', 'False'],
    ['stream_slice | length', '2'],
    ['stream_slice | list', "['p', 'a']"],
    ['"p" in stream_slice', 'True'],
    ['stream_slice == {"p": 1, "a": "b"}', 'True'],
    ['{"p": 1, "a": "b"} == stream_slice', 'True'],
    ['stream_slice == {"p": 1}', 'False'],
    ['stream_slice == 5', 'False'],
    ['stream_slice is mapping', 'True'],
    ['stream_slice._stream_slice is defined', 'False'],
    ['last_record.data.id ~ last_record.stream_name', '1s'],
    ['last_record["data"]', '2'],
    ['last_record.associated_slice', 'None'],
    ['last_record.nothing is defined', 'False'],
    ['last_record == {"id": 1, "data": 2}', 'False'],
    ['last_record == last_record', 'True'],
    ['headers["x-rate"] ~ headers.get("X-RATE")', '55'],
    ['headers["X-Rate"] == headers.copy()["x-rate"]', 'True'],
    ['"x-rate" in headers', 'True'],
    ['5 in headers', 'False'],
    ['headers.get(5)', 'None'],
    ['headers', "{'X-Rate': '5'}"],
  ])('%s', (expression, expected) => {
    expect(templates.string(`{{ ${expression} }};`)(context)).toBe(`${expected};`);
  });

  it('are refused as keys', () => {
    const text = '{{ {stream_slice: 1} }};';
    expect(templates.string(text)(context)).toBe(text);
  });
});

describe('values that templates seldom see', () => {
  it.each<readonly [string, unknown, string, string]>([
    ['a complex number', new PyComplex(1, -2), '(1-2j)', '(1-2j)'],
    ['an imaginary number', new PyComplex(0, 2), '2j', '2j'],
    ['a decimal', new PyDecimal('1.50'), '1.50', "Decimal('1.50')"],
    ['the ellipsis', ellipsis, 'Ellipsis', 'Ellipsis'],
    ['an iterator', new PyIterator([1]), '<generator object>', '<generator object>'],
    ["an object of JavaScript's", new URL('http://a'), '<object>', '<object>'],
    ['an empty set', setOf([], py), 'set()', 'set()'],
    ['nothing', new Undefined('x'), '', 'Undefined'],
  ])('%s prints', (_name, value, text, repr) => {
    expect([pyStr(value), pyRepr(value)]).toEqual([text, repr]);
  });

  it('prints what contains itself', () => {
    const list: unknown[] = [1];
    list.push(list);
    const dict: Record<string, unknown> = {};
    dict['self'] = dict;
    expect([pyRepr(list), pyRepr(dict)]).toEqual(['[1, [...]]', "{'self': {...}}"]);
  });

  it('compares', () => {
    expect(pyEquals(new PyComplex(1, 2), new PyComplex(1, 2))).toBe(true);
    expect(pyEquals(new PyComplex(1, 2), new PyComplex(1, 3))).toBe(false);
    expect(pyEquals(ellipsis, null)).toBe(false);
    expect(pyEquals(undefined, null)).toBe(true);
  });

  it('is true or false', () => {
    expect(
      [
        new PyComplex(0, 0),
        new PyComplex(0, 1),
        ellipsis,
        slice(),
        new PyStreamSlice({ partition: {}, cursor: {} }),
      ].map(pyTruth),
    ).toEqual([false, true, true, true, false]);
    expect(pyTruth(new PyStreamSlice({ partition: {}, cursor: {}, extraFields: { a: 1 } }))).toBe(true);
  });

  it('has no clock outside of templates', () => {
    expect(() => py.environment.now()).toThrow('outside of templates there is no clock');
  });
});
