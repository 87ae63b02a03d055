import type { ManifestNode, MappingNode } from '../manifest/node.ts';

/** A place at which two trees of a manifest differ. */
export interface Difference {
  /** Names of fields and indices of lists. */
  readonly path: readonly (string | number)[];
  /** Undefined where one of them has nothing there. */
  readonly one: ManifestNode | undefined;
  readonly other: ManifestNode | undefined;
}

/** Where two trees differ, at most so many places; fields that `skips` is true for are not looked at. */
export function differences(
  one: ManifestNode,
  other: ManifestNode,
  atMost: number,
  skips: (name: string) => boolean = () => false,
): readonly Difference[] {
  const found: Difference[] = [];
  compare(one, other, []);
  return found;

  function compare(a: ManifestNode, b: ManifestNode, path: readonly (string | number)[]): void {
    if (found.length >= atMost || a === b) return;
    if (a.kind === 'mapping' && b.kind === 'mapping') {
      for (const name of new Set([...a.entries.keys(), ...b.entries.keys()]))
        if (!skips(name)) at(writtenIn(a, name), writtenIn(b, name), [...path, name]);
    } else if (isListOfMappings(a) && isListOfMappings(b) && a.items.length === b.items.length) {
      for (const [index, item] of a.items.entries()) at(item, b.items[index], [...path, index]);
    } else if (textOf(a) !== textOf(b)) found.push({ path, one: a, other: b });
  }

  function at(a: ManifestNode | undefined, b: ManifestNode | undefined, path: readonly (string | number)[]) {
    if (a !== undefined && b !== undefined) compare(a, b, path);
    else if (found.length < atMost) found.push({ path, one: a, other: b });
  }
}

/** What is null is left out. */
function writtenIn({ entries }: MappingNode, name: string): ManifestNode | undefined {
  const value = entries.get(name)?.value;
  return value?.kind === 'scalar' && value.value === null ? undefined : value;
}

function isListOfMappings(node: ManifestNode): node is Extract<ManifestNode, { kind: 'sequence' }> {
  return node.kind === 'sequence' && node.items.some(({ kind }) => kind === 'mapping');
}

/** How a value is written, without what white space makes of it, and without the order of a list. */
function textOf(node: ManifestNode): string {
  if (node.kind === 'scalar') return String(node.value).replace(/\s+/g, ' ').trim();
  if (node.kind === 'sequence') return `[${node.items.map(textOf).toSorted().join(',')}]`;
  return `{${[...node.entries].map(([name, { value }]) => `${name}:${textOf(value)}`).join(',')}}`;
}
