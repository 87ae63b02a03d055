import type * as z from 'zod';
import type { Manifest } from '../connector/load-manifest.ts';
import { deprecatedFields } from '../language/field-meta.ts';
import { fieldOf, typeOf } from '../manifest/node.ts';
import { walk } from '../manifest/walk.ts';

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

  for (const streams of ['streams', 'dynamic_streams']) {
    for (const { node } of walk(fieldOf(root, streams))) {
      const type = typeOf(node);
      if (type === undefined || node.kind !== 'mapping') continue;
      for (const name of node.entries.keys()) {
        const successor = successorsIn(type).get(name);
        if (successor !== undefined)
          found.add(`The field "${name}" of ${type} is deprecated. Use "${successor}" instead.`);
      }
    }
  }
  return [...found];
}
