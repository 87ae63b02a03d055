import { eachNode, type Node } from '../../../../engine/template/syntax/each-node.ts';
import { parseTemplate } from '../../../../engine/template/syntax/parser.ts';

const text = "{% if a.b is odd %}{{ c | default(d) }}{% elif e %}x{% endif %}{% set f = [1, {'g': h}] %}";

function typesOf(template: string, below: (node: Node) => readonly unknown[] | undefined): readonly string[] {
  const found: string[] = [];
  eachNode(parseTemplate(template), (node) => {
    found.push(node.type === 'name' ? node.name : node.type);
    return below(node);
  });
  return found;
}

describe('eachNode', () => {
  it('comes to parents before children, in the order of their fields', () => {
    expect(typesOf(text, () => undefined)).toEqual([
      'if',
      'test',
      'attribute',
      'a',
      'output',
      'filter',
      'c',
      'd',
      'e',
      'data',
      'set',
      'f',
      'list',
      'constant',
      'dict',
      'constant',
      'h',
    ]);
  });

  it('goes into nothing below a node where that is said', () => {
    expect(typesOf(text, (node) => (node.type === 'if' ? [] : undefined))).toEqual([
      'if',
      'set',
      'f',
      'list',
      'constant',
      'dict',
      'constant',
      'h',
    ]);
  });

  it('goes into a part of it', () => {
    expect(
      typesOf(text, (node) => (node.type === 'if' ? [node.elifs] : node.type === 'set' ? [] : undefined)),
    ).toEqual(['if', 'e', 'data', 'set']);
  });
});
