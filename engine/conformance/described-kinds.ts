import { fieldOf, type ManifestNode } from '../manifest/node.ts';
import type { Kind } from './value-kinds.ts';

/** How the description of a field begins that says of which kind its values are. */
export const beginnings = {
  list: /^(?:an? |the )?(?:list|array|collection) of /i,
  flag: /^(?:whether |(?:indicates|specifies|determines) (?:whether|if) |true if |(?:a )?(?:flag|boolean) )/i,
  number: /^(?:the )?(?:total )?(?:number|count) of /i,
} as const satisfies Partial<Record<Kind, RegExp>>;

/** Whether the description of a field says that its values are of its kind: then its name says something else. */
export function isAsDescribed(node: ManifestNode, kind: Kind): boolean {
  const description = fieldOf(node, 'description');
  if (description?.kind !== 'scalar' || !Object.hasOwn(beginnings, kind)) return false;
  return beginnings[kind as keyof typeof beginnings].test(String(description.value).trim());
}
