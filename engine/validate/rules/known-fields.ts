import type { Diagnostic } from '../../error/diagnostic.ts';
import type { Registry } from '../../language/registry.ts';
import { fieldOf, type MappingEntry } from '../../manifest/node.ts';
import { warningAt } from '../../manifest/node-diagnostic.ts';
import { didYouMean } from '../../util/text/did-you-mean.ts';
import type { RuleContext } from '../rule.ts';
import { type ComponentAt, visit } from '../visit.ts';

/** Fields that say something to people or to the reader of manifests, whatever the component. */
const everywhere: ReadonlySet<string> = new Set([
  ...['type', '$parameters', 'class_name', '$ref', '$schema'],
  ...['name', 'description', 'title', '$options'],
]);

/** A field that its component does not know is likely misspelt, or stands one level too high or too low. */
export function* knownFields(at: ComponentAt, { registry }: RuleContext): Iterable<Diagnostic> {
  const { component, node } = at;
  if (component === undefined) return;
  const known = component.fields();
  for (const [name, entry] of node.entries) {
    if (Object.hasOwn(known, name) || everywhere.has(name) || isParameter(name, entry, at)) continue;
    const hint = placeFor(name, at) || didYouMean(name, Object.keys(known)) || ownersOf(name, registry);
    const message = `Unknown field "${name}" on ${component.type}.${hint}`;
    yield { ...warningAt(entry.value, message), places: [entry.key.place] };
  }
}

/** Fields that `$parameters` have brought were not written here. */
function isParameter(name: string, { key }: MappingEntry, { node }: ComponentAt): boolean {
  const parameters = fieldOf(node, '$parameters');
  if (parameters !== undefined && fieldOf(parameters, name) !== undefined) return true;
  return key.place.pointer.split('/').at(-2) === '$parameters';
}

/** The nearest component around or below that has such a field. */
function placeFor(name: string, at: ComponentAt): string {
  const knows = ({ component }: ComponentAt) =>
    component !== undefined && Object.hasOwn(component.fields(), name);
  for (const below of visit(at)) {
    if (below !== at && knows(below)) return ` It belongs to ${nameOf(below)}, in "${trail(below, at)}".`;
  }
  for (let above = at.parent; above !== undefined; above = above.parent) {
    if (knows(above)) return ` It belongs to ${nameOf(above)}, around this ${nameOf(at)}.`;
    const beside = above.children.find(knows);
    if (beside !== undefined && beside !== at)
      return ` It belongs to ${nameOf(beside)}, in "${beside.field}" of ${nameOf(above)}.`;
  }
  return '';
}

function trail(below: ComponentAt, at: ComponentAt): string {
  const fields: string[] = [];
  for (let each = below; each !== at && each.parent !== undefined; each = each.parent)
    fields.unshift(each.field ?? '');
  return fields.join('.');
}

function nameOf({ component, family }: ComponentAt): string {
  return component?.type ?? family;
}

/** Up to three types that have such a field, when it is no word that many have. */
function ownersOf(name: string, registry: Registry): string {
  const owners = registry.typesWith(name);
  if (owners.length === 0 || owners.length > 3) return '';
  return ` It is a field of ${owners.join(' and ')}.`;
}
