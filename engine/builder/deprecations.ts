import type * as z from 'zod';
import type { Manifest } from '../connector/load-manifest.ts';
import { deprecatedFields } from '../language/field-meta.ts';
import { fieldOf, type ManifestNode, typeOf } from '../manifest/node.ts';

/** What the streams of a manifest use although the language has another word for it now: a sentence for each field. */
export function deprecations({ root, registry }: Manifest): readonly string[] {
  const found = new Set<string>();
  const successors = new Map<string, ReadonlyMap<string, string>>();

  function successorsIn(type: string): ReadonlyMap<string, string> {
    const known = successors.get(type);
    if (known !== undefined) return known;
    const fields = registry
      .familiesOf(type)
      .flatMap((family) => Object.entries(registry.find(family, type)?.fields() ?? {}));
    const made = new Map<string, string>();
    for (const [name, field] of fields) {
      const successor = deprecatedFields.get(field as z.ZodType)?.successor;
      if (successor !== undefined) made.set(name, successor);
    }
    successors.set(type, made);
    return made;
  }
  function look(node: ManifestNode): void {
    if (node.kind === 'sequence') for (const item of node.items) look(item);
    if (node.kind !== 'mapping') return;
    const type = typeOf(node);
    for (const [name, { value }] of node.entries) {
      const successor = type === undefined ? undefined : successorsIn(type).get(name);
      if (successor !== undefined)
        found.add(`The field "${name}" of ${type} is deprecated. Use "${successor}" instead.`);
      look(value);
    }
  }

  for (const name of ['streams', 'dynamic_streams']) {
    const streams = fieldOf(root, name);
    if (streams !== undefined) look(streams);
  }
  return [...found];
}
