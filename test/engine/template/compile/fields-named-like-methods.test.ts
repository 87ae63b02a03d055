import { createTemplates } from '../../../../engine/template/template.ts';
import { PyHeaders, PyRecord, PyStreamSlice } from '../../../../engine/template/values/mapping.ts';

const templates = createTemplates({ clock: { now: () => 0, sleep: async () => {} } });
const names = ['items', 'values', 'keys', 'get', 'copy', 'pop', 'popitem', 'update', 'clear', 'setdefault'];
const evaluate = (template: string, record: unknown) => templates.string(template)({ record });

describe('a field with the name of a method of a dict', () => {
  it.each(names)('%s: the field where it is not called', (name) => {
    const record = { [name]: [7], rows: [{ [name]: 1 }, { [name]: 2 }] };
    expect(evaluate(`{{ record.${name} }}`, record)).toEqual([7]);
    expect(evaluate(`{{ record.${name}[0] }}`, record)).toBe(7);
    expect(evaluate(`{{ record.${name} | length }}`, record)).toBe(1);
    expect(evaluate(`{{ record.rows | map(attribute='${name}') | list }}`, record)).toEqual([1, 2]);
    expect(evaluate(`{% if not record.${name} %}a{% else %}b{% endif %}`, record)).toBe('b');
    expect(templates.boolean(`{{ not record.${name} }}`)({ record: { [name]: [] } })).toBe(true);
  });

  it.each(names)('%s: a refusal that says what to write where there is none', (name) => {
    for (const template of [
      `{{ record.a.${name} }}`,
      `{{ not record.a.${name} }}`,
      `{{ record.a.${name} is defined }}`,
    ]) {
      expect(() => evaluate(template, { a: {} })).toThrow(`record.a['${name}']`);
    }
    expect(evaluate(`{{ record['${name}'] or 'none' }}`, {})).toBe('none');
    expect(evaluate(`{{ [record] | map(attribute='${name}') | first is undefined }}`, {})).toBe(true);
  });

  it('is the method where it is called', () => {
    const record = { items: 1, get: 2 };
    expect(evaluate('{% for k, v in record.items() %}{{ k }}{{ v }};{% endfor %}', record)).toBe(
      'items1;get2;',
    );
    expect(evaluate("{{ record.get('get') }}", record)).toBe(2);
    expect(evaluate("{{ record['get']('items') }}", { items: 1 })).toBe(1);
    expect(evaluate("{{ (record | attr('get'))('items') }}", record)).toBe(1);
    expect(evaluate('{{ record.items() | list | length }}', {})).toBe(0);
  });

  it.each([
    ['a record', new PyRecord({ data: { items: 3 }, stream_name: 's' })],
    ['a slice', new PyStreamSlice({ partition: { items: 3 }, cursor: {} })],
    ['headers', new PyHeaders({ items: 3 })],
  ])('is that of %s', (_, record) => {
    expect(evaluate('{{ record.items }}', record)).toBe(3);
    expect(evaluate('{{ record.items() | list | length }}', record)).toBe(1);
    expect(() => evaluate('{{ record.values }}', record)).toThrow("record['values']");
  });
});

describe('a method that is not called', () => {
  it.each([
    ['{{ record.name.strip }}'],
    ['{{ [record.name.strip] }}'],
    ['{{ record.name.upper ~ 1 }}'],
    ['{% if record.name.isdigit %}1{% endif %}'],
    ["{{ record | attr('items') }}"],
  ])('%s is refused', (template) => {
    expect(() => evaluate(template, { name: ' a ' })).toThrow(/'\w+' is a method that is not called/);
  });
});
