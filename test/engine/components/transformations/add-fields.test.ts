import { AddFields } from '../../../../engine/components/transformations/add-fields.ts';
import { PyFloat } from '../../../../engine/template/python-values.ts';
import { makeComponent, testScope } from '../../../kit/scope.ts';

const slice = { partition: { id: 7 }, cursor: { start: '2024-01-01' }, extraFields: { name: 'x' } };

function add(record: object, fields: object[], others: object = {}): object {
  const scope = testScope({ config: { shop: 'mine' }, parameters: { p: 'param' } });
  const added = makeComponent(AddFields, { type: 'AddFields', fields, ...others }, scope);
  const copy = { ...record };
  added.transform(copy, { slice });
  return copy;
}

describe('AddFields', () => {
  it('adds values of templates that see record, slice, config and parameters', () => {
    const fields = [
      { path: ['a'], value: 'static' },
      { path: ['b'], value: '{{ record.n.m }}' },
      { path: ['c'], value: "{{ stream_slice['id'] }}" },
      { path: ['d'], value: '{{ stream_slice.start }}' },
      { path: ['e'], value: '{{ stream_slice.extra_fields.name }}' },
      { path: ['f'], value: "{{ config['shop'] }}" },
      { path: ['g'], value: "{{ parameters['p'] }}" },
    ];
    expect(add({ n: { m: 1 } }, fields)).toEqual({
      n: { m: 1 },
      a: 'static',
      b: 1,
      c: 7,
      d: '2024-01-01',
      e: 'x',
      f: 'mine',
      g: 'param',
    });
  });

  it.each(['+353', '1.10', '1_000', '1,2', ' 5 ', 'True', 'None', '[1]', '1e5', "'a'"])(
    'copies the text %j as it is',
    (text) => {
      expect(add({ n: { m: text } }, [{ path: ['a'], value: "{{ record['n'].m }}" }])).toEqual({
        n: { m: text },
        a: text,
      });
    },
  );

  it('reads what a template makes of a text, and a copy with a type, as a literal', () => {
    const fields = [
      { path: ['a'], value: '{{ record.n | trim }}' },
      { path: ['b'], value: '{{ record.n }}', value_type: 'integer' },
    ];
    expect(add({ n: '12' }, fields)).toEqual({ n: '12', a: 12, b: 12 });
  });

  it('takes an empty condition for none', () => {
    expect(add({}, [{ path: ['a'], value: 'b' }], { condition: '' })).toEqual({ a: 'b' });
  });

  it('lets a later field see an earlier one', () => {
    const fields = [
      { path: ['a'], value: '{{ 2 * 2 }}' },
      { path: ['b'], value: '{{ record.a + 1 }}' },
    ];
    expect(add({}, fields)).toEqual({ a: 4, b: 5 });
  });

  it('adds below objects and lists, making what is missing', () => {
    expect(add({ a: { x: 1 } }, [{ path: ['a', 'b', 'c'], value: 'v' }])).toEqual({
      a: { x: 1, b: { c: 'v' } },
    });
    expect(add({ a: ['x'] }, [{ path: ['a', '2'], value: 'v' }])).toEqual({ a: ['x', null, 'v'] });
  });

  it('holds a value to its type', () => {
    expect(add({}, [{ path: ['a'], value: '{{ 1 }}', value_type: 'string' }])).toEqual({ a: '1' });
    expect(add({}, [{ path: ['a'], value: '{{ 1.0 }}', value_type: 'number' }])).toEqual({
      a: new PyFloat(1),
    });
  });

  it('adds only what its condition allows, which sees value and path', () => {
    const fields = [
      { path: ['a'], value: '{{ record.x }}' },
      { path: ['b'], value: '{{ record.y }}' },
    ];
    const condition = "{{ value == 2 or path[0] == 'c' }}";
    expect(add({ x: 1, y: 2 }, fields, { condition })).toEqual({ x: 1, y: 2, b: 2 });
  });
});
