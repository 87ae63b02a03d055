import * as z from 'zod';
import {
  condition,
  nestedTemplate,
  numberOrTemplate,
  template,
  templateMapping,
  typedTemplate,
} from '../../../engine/language/fields.ts';
import { testScope } from '../../kit/scope.ts';

const scope = testScope({ config: { n: 3, text: 'x', on: 'false' }, parameters: { p: 'param' } });

describe('readers of fields', () => {
  it.each([
    ['plain', 'plain'],
    ['{{ config.n }}', 3],
    ["{{ config['text'] }}-{{ parameters.p }}", 'x-param'],
    ['{{ record.id + 1 }}', 8],
    ["{{ config['nothing'] }}", ''],
  ])('template %j', (text, value) => {
    expect(template().parse(text)(scope)({ record: { id: 7 } })).toBe(value);
  });

  it('a template with a default gives it where nothing is', () => {
    expect(template({ default: 'none' }).parse("{{ config['nothing'] }}")(scope)()).toBe('none');
  });

  it('a typed template gives what another field wants', () => {
    const read = typedTemplate().parse('{{ config.n }}');
    expect([read(scope, 'string')(), read(scope, 'integer')(), read(scope)()]).toEqual(['3', 3, 3]);
  });

  it.each([
    ['{{ config.n > 2 }}', true],
    ['{{ config.on }}', false],
    ['{{ [] }}', false],
    ['yes', true],
  ])('condition %j', (text, value) => {
    expect(condition().parse(text)(scope)()).toBe(value);
  });

  it('a mapping has templates in keys and values, and null where nothing is', () => {
    const read = templateMapping().parse({ '{{ config.text }}': '{{ config.n }}', a: 1, b: "{{ '' }}" });
    expect(read(scope)()).toEqual({ x: 3, a: 1, b: null });
  });

  it('a nested template has them at any depth', () => {
    const read = nestedTemplate().parse({ a: [{ b: '{{ config.n }}' }] });
    expect(read(scope)()).toEqual({ a: [{ b: 3 }] });
  });

  it.each([
    [5, 5],
    ['{{ config.n }}', 3],
  ])('a number or a template: %j', (written, value) => {
    expect(numberOrTemplate().parse(written)(scope)()).toBe(value);
  });

  it('a template that cannot be read says where', () => {
    const { error } = z.object({ a: templateMapping() }).safeParse({ a: { b: 'x {{ 1 + }}' } });
    expect(error?.issues).toMatchObject([{ path: ['a', 'b'], params: { offset: 9 } }]);
  });
});
