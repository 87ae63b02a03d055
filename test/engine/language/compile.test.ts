import type { Scope } from '../../../engine/contract/scope.ts';
import { bareStreamScope } from '../../../engine/language/bare-stream-scope.ts';
import { createBuild } from '../../../engine/language/compile.ts';
import { component } from '../../../engine/language/component.ts';
import { createRegistry } from '../../../engine/language/registry.ts';
import { slot } from '../../../engine/language/slots.ts';
import { type MappingNode, nodeFromValue } from '../../../engine/manifest/node.ts';
import type { JsonObject } from '../../../engine/util/json/json.ts';
import { testScope } from '../../kit/scope.ts';

const seen: Scope[] = [];
const Leaf = component({
  family: 'RecordFilter',
  type: 'Leaf',
  doc: '',
  fields: () => ({}),
  make(_fields, scope) {
    seen.push(scope);
    return { keeps: () => true };
  },
});
const Broken = component({
  family: 'RecordFilter',
  type: 'Broken',
  doc: '',
  fields: () => ({}),
  make() {
    throw new TypeError('no good');
  },
});
const Parent = component({
  family: 'RecordFilter',
  type: 'Parent',
  doc: '',
  fields: () => ({ child: slot('RecordFilter') }),
  make: ({ child }, scope) => child({ ...scope, stream: bareStreamScope('for the child') }),
});
const build = createBuild(createRegistry([Leaf, Broken, Parent]));
const scope = testScope({ sync: { build }, parameters: { of: 'the parent' } });
const make = (value: JsonObject) =>
  build(nodeFromValue(value, { name: '<test>' }) as MappingNode, 'RecordFilter', scope);

beforeEach(() => void seen.splice(0));

describe('build', () => {
  it('makes a component with its own place and parameters', () => {
    make({ type: 'Leaf', $parameters: { of: 'its own' } });
    expect(seen[0]).toMatchObject({ parameters: { of: 'its own' }, place: { pointer: '' } });
  });

  it('hands down nothing of the parameters of others', () => {
    make({ type: 'Leaf' });
    expect(seen[0]?.parameters).toEqual({});
  });

  it('lets a component decide what its children see', () => {
    make({ type: 'Parent', child: { type: 'Leaf' } });
    expect(seen[0]?.stream?.name).toBe('for the child');
    expect(seen[0]?.place.pointer).toBe('/child');
  });

  it('gives frozen components', () => {
    expect(Object.isFrozen(make({ type: 'Leaf' }))).toBe(true);
  });

  it.each([
    [{ type: 'Leef' }, 'Unknown RecordFilter type "Leef". Did you mean "Leaf"?', '/type'],
    [{ type: 'Parent' }, 'Parent needs the field "child".', ''],
    [{ type: 'Parent', child: { type: 'Broken' } }, 'no good', '/child'],
  ])('names the place of what cannot be made: %j', (value, message, pointer) => {
    expect(() => make(value)).toThrow(
      expect.objectContaining({ message, nodes: [expect.objectContaining({ pointer })] }),
    );
  });
});
