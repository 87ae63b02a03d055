import { valueNode } from '../../../engine/components/resolvers/value-node.ts';
import { yamlNode } from '../../../engine/components/resolvers/yaml-node.ts';
import {
  type ManifestNode,
  type MappingNode,
  nodeFromValue,
  toValue,
} from '../../../engine/manifest/node.ts';
import { setExisting, setNew } from '../../../engine/manifest/set-in-tree.ts';
import { PyFloat } from '../../../engine/template/python-values.ts';
import type { Segment } from '../../../engine/util/path/dpath-glob.ts';

const place = { source: { name: 'mapping.yaml' }, start: 3, end: 9, pointer: '/value' };

function tree(value: unknown): MappingNode {
  return nodeFromValue(value, { name: 'template.yaml' }) as MappingNode;
}

function set(value: unknown, path: Segment[], to: unknown): [unknown, number] {
  const { node, count } = setExisting(tree(value), path, valueNode(to, place));
  return [toValue(node), count];
}

describe('setExisting', () => {
  it('sets a field and says so', () => {
    expect(set({ name: '', other: 1 }, ['name'], 'x')).toEqual([{ name: 'x', other: 1 }, 1]);
  });

  it('makes nothing that is not there', () => {
    expect(set({ a: {} }, ['a', 'b'], 1)).toEqual([{ a: {} }, 0]);
  });

  it('sets every place that stars match', () => {
    const value = { list: [{ name: 1 }, { name: 2 }], one: { name: 3 } };
    expect(set(value, ['list', '*', 'name'], 0)).toEqual([
      { list: [{ name: 0 }, { name: 0 }], one: { name: 3 } },
      2,
    ]);
    expect(set(value, ['**', 'name'], 0)[1]).toBe(3);
  });

  it('counts items of lists from either end', () => {
    expect(set({ list: [1, 2, 3] }, ['list', '1'], 0)[0]).toEqual({ list: [1, 0, 3] });
    expect(set({ list: [1, 2, 3] }, ['list', -1], 0)[0]).toEqual({ list: [1, 2, 0] });
  });

  it('leaves out places that went with one above them', () => {
    expect(set({ a: { a: 1 } }, ['**', 'a'], 'x')).toEqual([{ a: 'x' }, 1]);
  });

  it('leaves the template as it was, and keeps its places', () => {
    const template = tree({ a: { b: 1 }, c: 2 });
    const { node } = setExisting(template, ['a', 'b'], valueNode('x', place));
    expect(toValue(template)).toEqual({ a: { b: 1 }, c: 2 });
    expect(node.entries.get('c')?.value.place.source.name).toBe('template.yaml');
    const a = node.entries.get('a')?.value as MappingNode;
    expect(a.entries.get('b')?.value.place).toBe(place);
  });
});

describe('setNew', () => {
  const made = (value: unknown, path: Segment[]) => toValue(setNew(tree(value), path, valueNode('x', place)));

  it('makes mappings on the way', () => {
    expect(made({}, ['a', 'b'])).toEqual({ a: { b: 'x' } });
  });

  it('makes lists where a number follows, filled with nulls', () => {
    expect(made({}, ['a', '1'])).toEqual({ a: [null, 'x'] });
    expect(made({ a: [1] }, ['a', '2'])).toEqual({ a: [1, null, 'x'] });
  });

  it('takes stars for names', () => {
    expect(made({ a: 1 }, ['*'])).toEqual({ a: 1, '*': 'x' });
  });

  it('says what stands in the way', () => {
    expect(() => made({ a: 1 }, ['a', 'b'])).toThrow('"a" is a single value');
    expect(() => made({ a: [] }, ['a', 'b'])).toThrow('"a" is a list');
  });
});

describe('values', () => {
  const yaml = (text: string) => toValue(yamlNode(text, place));

  it('reads texts as YAML', () => {
    expect(yaml('{a: [1, yes]}')).toEqual({ a: [1, true] });
    expect(yaml('name')).toBe('name');
    expect(yaml('')).toBeNull();
    expect(yaml('2')).toBe(2);
  });

  it('leaves texts alone that are no YAML', () => {
    expect(yaml("{{ record[0] in ['a'] }}")).toBe("{{ record[0] in ['a'] }}");
    expect(yaml('%Y-%m-%d')).toBe('%Y-%m-%d');
    expect(yaml('\tx')).toBe('\tx');
  });

  it('places everything at the mapping', () => {
    const node = yamlNode('{a: [1]}', place) as MappingNode;
    const list = node.entries.get('a')?.value as ManifestNode;
    expect([node.place, list.place]).toEqual([place, place]);
  });

  it('keeps floats', () => {
    expect(valueNode(new PyFloat(1), place)).toMatchObject({ value: 1, float: true });
  });
});
