import type { Family } from '../contract/families.ts';
import type { Diagnostic } from '../error/diagnostic.ts';
import { fieldOf, type MappingNode, typeOf } from '../manifest/node.ts';
import { errorAt, warningAt } from '../manifest/node-diagnostic.ts';
import { didYouMean } from '../util/text/did-you-mean.ts';
import { quotedList } from '../util/text/quoted-list.ts';
import { withArticle } from '../util/text/with-article.ts';
import type { Component } from './component.ts';
import { customTypes, type Registry } from './registry.ts';

type Found = { readonly component: Component; readonly isHook: boolean } | Diagnostic;

/** The component type or the hook that a node asks for, or what is wrong with the question. */
export function findComponent(node: MappingNode, family: Family, registry: Registry): Found {
  const typeNode = fieldOf(node, 'type');
  const className = fieldOf(node, 'class_name');
  const type = typeOf(node);
  const custom = customTypes[family];
  if (className?.kind === 'scalar' && (type === undefined || type === custom || type.startsWith('Custom'))) {
    const hook = registry.findHook(family, String(className.value));
    if (hook !== undefined) return { component: hook, isHook: true };
    const name = String(className.value).split('.').at(-1);
    // The manifest is right; it is this installation that cannot run it.
    return warningAt(
      className,
      `The ${custom ?? `custom ${family}`} "${className.value}" needs a hook named "${name}", and none is loaded. Write one with defineHook('${family}', …) and load its module with --hooks.`,
    );
  }
  if (type === undefined) {
    return errorAt(
      node,
      `${capitalized(withArticle(family))} component needs a "type": one of ${quotedList(registry.typesOf(family))}.`,
    );
  }
  const component = registry.find(family, type);
  if (component !== undefined) return { component, isHook: false };
  const elsewhere = registry.familiesOf(type);
  const hint =
    elsewhere.length > 0
      ? ` It is a ${elsewhere.join(' or ')}; here one of ${quotedList(registry.typesOf(family))} is expected.`
      : didYouMean(type, registry.typesOf(family)) ||
        ` Expected one of ${quotedList(registry.typesOf(family))}.`;
  return errorAt(typeNode ?? node, `Unknown ${family} type "${type}".${hint}`);
}

/** Which of the families that fit a place the component there is of, by its type; the first where none knows it. */
export function familyAt(
  node: MappingNode,
  [first, ...others]: readonly [Family, ...Family[]],
  registry: Registry,
): Family {
  const type = typeOf(node);
  return others.find((family) => type !== undefined && registry.find(family, type) !== undefined) ?? first;
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
