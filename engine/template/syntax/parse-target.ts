import type { Expression, Target } from './ast.ts';
import { commaSeparated, expectedAnExpression } from './parse-enclosed.ts';
import type { ExpressionParser } from './parse-expression.ts';
import { TemplateError } from './template-error.ts';
import type { TokenStream } from './token-stream.ts';

export type NameTarget = Extract<Target, { type: 'name' }>;

export interface TargetParser {
  /** What is assigned to: names, also several; in a `set`, also `name.attribute`. */
  target(options?: { readonly withNamespace?: boolean }): Target;
  nameTarget(): NameTarget;
}

const constants = new Set(['true', 'True', 'false', 'False', 'none', 'None']);

export function createTargetParser(stream: TokenStream, expressions: ExpressionParser): TargetParser {
  return { target, nameTarget };

  function target({ withNamespace = false } = {}): Target {
    const { offset } = stream.current();
    const { items, isTuple } = commaSeparated(stream, () =>
      withNamespace && isNamespace() ? namespaceTarget() : toTarget(expressions.primary()),
    );
    const [only] = items;
    if (isTuple) return { type: 'tuple', offset, items };
    if (only === undefined) throw expectedAnExpression(stream);
    return only;
  }

  function isNamespace(): boolean {
    const following = stream.look();
    const isName = stream.is('name') && !constants.has(stream.current().value);
    return isName && following.type === 'operator' && following.value === '.';
  }

  function namespaceTarget(): Target {
    const { offset, value: name } = stream.next();
    stream.next();
    return { type: 'namespace', offset, name, attribute: stream.expect('name').value };
  }

  function nameTarget(): NameTarget {
    const { offset, value: name } = stream.expect('name');
    if (constants.has(name)) throw new TemplateError("can't assign to 'name'", offset);
    return { type: 'name', offset, name };
  }
}

function toTarget(node: Expression): Target {
  if (node.type === 'name') return node;
  if (node.type === 'tuple') return { type: 'tuple', offset: node.offset, items: node.items.map(toTarget) };
  const what = node.type === 'constant' ? 'const' : node.type;
  throw new TemplateError(`can't assign to '${what}'`, node.offset);
}
