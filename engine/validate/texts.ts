import type { ManifestNode, ScalarNode } from '../manifest/node.ts';
import { textsBelow, type Walked } from '../manifest/walk.ts';
import type { ComponentAt } from './visit.ts';

/** A text that may be a template, with the field of the component that it is in. */
export interface TextAt {
  readonly node: ScalarNode;
  readonly text: string;
  readonly field: string;
}

/** JSON schemas and the data of tools hold no templates. Stream templates have values of other streams put in. */
const otherFields: ReadonlySet<string> = new Set([
  ...['metadata', 'definitions', 'schemas', 'schema', 'connection_specification', 'advanced_auth'],
  ...['$parameters', 'config_overrides'],
]);

/** The texts in the known fields of a component, without those of the components below it. Collected once: many rules ask. */
export function textsOf(at: ComponentAt): readonly TextAt[] {
  let texts = collected.get(at);
  if (texts === undefined) {
    texts = [...textsBeside(at)];
    collected.set(at, texts);
  }
  return texts;
}

const collected = new WeakMap<ComponentAt, readonly TextAt[]>();

function* textsBeside(at: ComponentAt): Generator<TextAt> {
  if (at.isHook || at.component === undefined) return;
  const children = new Set<ManifestNode>(at.children.map(({ node }) => node));
  const known = at.component.fields();
  const isOfOthers = ({ node, name }: Walked) => children.has(node) || name === '$parameters';
  for (const [field, { value }] of at.node.entries) {
    if (!Object.hasOwn(known, field) || otherFields.has(field)) continue;
    for (const node of textsBelow(value, isOfOthers)) yield { node, text: node.value, field };
  }
}
