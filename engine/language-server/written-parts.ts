import type { Manifest } from '../connector/load-manifest.ts';
import type { ManifestNode, MappingNode } from '../manifest/node.ts';
import { walk } from '../manifest/walk.ts';

/** Fields of a manifest that are taken apart: of each thing in them it is known who refers to it. */
const takenApart: ReadonlySet<string> = new Set(['definitions', 'schemas', 'streams']);

/** A field of the manifest, or what is directly in one of those that are taken apart, as it is written. */
export interface WrittenPart {
  /** Where it begins; places in it are told from there. */
  readonly start: number;
  readonly text: string;
  /** What it refers to, by JSON pointers; undefined when that cannot be told, as with aliases. */
  readonly references: readonly string[] | undefined;
}

export interface WrittenParts {
  /** By JSON pointer: `/streams/3`, `/definitions/base`, `/definitions/streams/orders`, `/spec`. */
  readonly parts: ReadonlyMap<string, WrittenPart>;
  /** The pointer of the part that a pointer leads into. */
  partOf(pointer: string): string | undefined;
  /**
   * The text of everything that a part is made of: its own, that of all that it refers to, and that of the fields that
   * matter to the whole manifest. While this is the same, so is what is wrong with it. Undefined when it cannot be told.
   */
  madeOf(pointer: string): string | undefined;
}

/** Takes a manifest's text apart. Undefined for one that has no text of its own. */
export function writtenPartsOf({ written, classNames }: Manifest): WrittenParts | undefined {
  const text = written?.place.source.text;
  if (written === undefined || text === undefined) return undefined;
  const nodes = partNodes(written);
  if (nodes === undefined) return undefined;
  const parts = new Map([...nodes].map(([pointer, entry]) => [pointer, partAt(entry, text)]));
  const general = [...parts.keys()].filter(isGeneral);
  const made = new Map<string, string | undefined>();
  const partOf = (pointer: string) => {
    const steps = pointer.split('/').slice(0, 4);
    for (; steps.length > 1; steps.pop()) {
      const found = steps.join('/');
      if (parts.has(found)) return found;
    }
    return undefined;
  };

  return {
    parts,
    partOf,
    madeOf(pointer) {
      if (!made.has(pointer)) made.set(pointer, textsOf([pointer, ...general]));
      return made.get(pointer);
    },
  };

  function textsOf(pointers: readonly string[]): string | undefined {
    const seen = new Set<string>();
    const ahead = [...pointers];
    for (let next = ahead.pop(); next !== undefined; next = ahead.pop()) {
      if (seen.has(next)) continue;
      seen.add(next);
      const references = parts.get(next)?.references;
      if (references === undefined) return undefined;
      for (const reference of references) {
        const target = partOf(reference);
        if (target === undefined) return undefined;
        ahead.push(target);
      }
    }
    const texts = [...seen].map((each) => `${each} ${parts.get(each)?.text}`);
    return [...classNames, ...texts].join('\n\0');
  }
}

/** A node, with the one that its lines begin with. */
interface Part {
  readonly from: ManifestNode;
  readonly node: ManifestNode;
}

function isGeneral(pointer: string): boolean {
  return !takenApart.has(pointer.split('/')[1] ?? '');
}

function partNodes(root: MappingNode): ReadonlyMap<string, Part> | undefined {
  const found = new Map<string, Part>();
  for (const [name, { key, value }] of root.entries) {
    if (!takenApart.has(name)) found.set(`/${name}`, { from: key, node: value });
    else if (value.kind === 'scalar') return undefined;
    else if (value.kind === 'sequence')
      for (const [index, item] of value.items.entries())
        found.set(`/${name}/${index}`, { from: item, node: item });
    else {
      for (const [own, entry] of value.entries) {
        const pointer = `/${name}/${own}`;
        if (!isGroup(entry.value)) found.set(pointer, { from: entry.key, node: entry.value });
        else
          for (const [inner, { key: from, value: node }] of entry.value.entries)
            found.set(`${pointer}/${inner}`, { from, node });
      }
    }
  }
  return [...found].every(([pointer, { from }]) => isPlain(pointer, from)) ? found : undefined;
}

/** A name with a slash in it can be meant by references of many forms, and of a merged mapping nobody sees the parts. */
function isPlain(pointer: string, { place }: ManifestNode): boolean {
  return place.via === undefined && place.pointer === pointer && !pointer.endsWith('/$ref');
}

/** Definitions under a name of their own, such as `streams`, rather than one. */
function isGroup(node: ManifestNode): node is MappingNode {
  return (
    node.kind === 'mapping' &&
    node.entries.size > 0 &&
    !node.entries.has('type') &&
    [...node.entries.values()].every(({ value }) => value.kind === 'mapping')
  );
}

/** The same text says the same: what it refers to is looked for once. */
const referencesOf = new Map<string, readonly string[] | undefined>();
const mostKept = 5000;

function partAt({ from, node }: Part, text: string): WrittenPart {
  const { start } = from.place;
  const own = text.slice(start, node.place.end);
  if (!referencesOf.has(own)) {
    if (referencesOf.size >= mostKept) referencesOf.clear();
    referencesOf.set(own, referencesIn(node));
  }
  return { start, text: own, references: referencesOf.get(own) };
}

function referencesIn(root: ManifestNode): readonly string[] | undefined {
  const found = new Set<string>();
  for (const { node, key } of walk(root)) {
    if (node.place.via !== undefined || key?.place.via !== undefined) return undefined;
    if (node.kind === 'scalar' && typeof node.value === 'string' && node.value.startsWith('#/'))
      found.add(node.value.slice(1));
  }
  return [...found];
}
