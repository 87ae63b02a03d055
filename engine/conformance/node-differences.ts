import type { ManifestNode, MappingNode } from '../manifest/node.ts';
import { remembered } from '../util/flow/remembered.ts';

/** A place at which two trees of a manifest differ. */
export interface Difference {
  /** Names of fields and indices of lists. */
  readonly path: readonly (string | number)[];
  /** Undefined where one of them has nothing there. */
  readonly one: ManifestNode | undefined;
  readonly other: ManifestNode | undefined;
}

/** Whether a field of that name is not looked at; the same function for all that is compared with each other. */
export type Skips = (name: string) => boolean;

const nothing: Skips = () => false;

/** Where two trees differ, at most so many places; fields that `skips` is true for are not looked at. */
export function differences(
  one: ManifestNode,
  other: ManifestNode,
  atMost: number,
  skips: Skips = nothing,
): readonly Difference[] {
  const found: Difference[] = [];
  // Where the walk is: a path of its own has only what is found, and most of what is looked at is the same.
  const path: (string | number)[] = [];
  compare(one, other);
  return found;

  function compare(a: ManifestNode, b: ManifestNode): void {
    // Most of what is compared is alike, and then nothing below it need be looked at.
    if (a === b || likenessOf(a, skips) === likenessOf(b, skips)) return;
    if (a.kind === 'mapping' && b.kind === 'mapping') {
      for (const name of new Set([...a.entries.keys(), ...b.entries.keys()])) {
        if (found.length >= atMost) return;
        if (!skips(name)) at(name, writtenIn(a, name), writtenIn(b, name));
      }
    } else if (isListOfMappings(a) && isListOfMappings(b) && a.items.length === b.items.length) {
      for (const [index, item] of a.items.entries()) {
        if (found.length >= atMost) return;
        at(index, item, b.items[index]);
      }
    } else if (textOf(a) !== textOf(b)) found.push({ path: [...path], one: a, other: b });
  }

  function at(step: string | number, a: ManifestNode | undefined, b: ManifestNode | undefined) {
    if (a === undefined && b === undefined) return;
    path.push(step);
    if (a !== undefined && b !== undefined) compare(a, b);
    else found.push({ path: [...path], one: a, other: b });
    path.pop();
  }
}

interface Likenesses {
  readonly ofNodes: WeakMap<ManifestNode, number>;
  readonly ofTexts: Map<string, number>;
}

const likenesses = new WeakMap<Skips, Likenesses>();

/** A number that two trees have in common exactly when they do not differ. */
export function likenessOf(node: ManifestNode, skips: Skips = nothing): number {
  const { ofNodes, ofTexts } = remembered(likenesses, skips, () => ({
    ofNodes: new WeakMap(),
    ofTexts: new Map(),
  }));
  return likeness(node);

  function likeness(of: ManifestNode): number {
    return remembered(ofNodes, of, () => {
      const text = textWithParts(of);
      return remembered(ofTexts, text, () => ofTexts.size + 1);
    });
  }

  function textWithParts(of: ManifestNode): string {
    if (isListOfMappings(of)) return `[${of.items.map(likeness).join(',')}]`;
    if (of.kind !== 'mapping') return `'${textOf(of)}`;
    const names = [...of.entries.keys()].filter((name) => !skips(name)).sort();
    const fields = names.flatMap((name) => {
      const value = writtenIn(of, name);
      return value === undefined ? [] : [`${name}:${likeness(value)}`];
    });
    return `{${fields.join(',')}}`;
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

/** A node never changes, and is compared with many. */
const texts = new WeakMap<ManifestNode, string>();

/** How a value is written, without what white space makes of it, and without the order of a list. */
function textOf(node: ManifestNode): string {
  return remembered(texts, node, () => writtenText(node));
}

function writtenText(node: ManifestNode): string {
  if (node.kind === 'scalar') return String(node.value).replace(/\s+/g, ' ').trim();
  if (node.kind === 'sequence') return `[${node.items.map(textOf).toSorted().join(',')}]`;
  return `{${[...node.entries].map(([name, { value }]) => `${name}:${textOf(value)}`).join(',')}}`;
}
