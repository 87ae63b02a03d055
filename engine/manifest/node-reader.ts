import {
  type Alias,
  isAlias,
  isMap,
  isPair,
  isScalar,
  isSeq,
  type Pair,
  type Scalar,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import type { Diagnostic } from '../error/diagnostic.ts';
import type { Place, ScalarStyle, Source } from '../error/place.ts';
import { createExpansion, type Extent, expansionLimit, type Limit, tooDeep } from './expansion.ts';
import {
  type ManifestNode,
  type MappingEntry,
  type MappingNode,
  nullScalar,
  pointerStep,
  type ScalarNode,
  type SequenceNode,
  withPlace,
} from './node.ts';
import {
  type PlainScalar,
  readBoolean,
  readFloat,
  readInt,
  readTimestamp,
  resolvePlain,
} from './plain-scalar.ts';
import { unquotedQuestion, unquotedTemplateMessage } from './syntax-message.ts';

/** Undefined while the node itself is being read: an alias inside it would never end. */
type Anchored = readonly [node: ManifestNode, extent: Extent] | undefined;

const tooLarge = `Aliases expand the manifest to more than ${expansionLimit} values.`;

const styles: Record<string, ScalarStyle> = {
  PLAIN: 'plain',
  QUOTE_SINGLE: 'single',
  QUOTE_DOUBLE: 'double',
  BLOCK_LITERAL: 'literal',
  BLOCK_FOLDED: 'folded',
};

const scalarTags: Record<string, (text: string) => PlainScalar | undefined> = {
  'tag:yaml.org,2002:bool': readBoolean,
  'tag:yaml.org,2002:int': readInt,
  'tag:yaml.org,2002:float': (text) => readFloat(text) ?? readFloat(`${text}.`),
  'tag:yaml.org,2002:null': () => ({ value: null }),
  'tag:yaml.org,2002:timestamp': readTimestamp,
};

const stringTag = 'tag:yaml.org,2002:str';

export interface NodeReader {
  /** Reads a YAML node or an alias. What cannot be read is reported in the diagnostics. */
  read(node: unknown, pointer: string): ManifestNode;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Turns the nodes of the YAML library into nodes with places, and their scalars into the values of YAML 1.1. `instead` gives
 * what a plain scalar at an offset stands for.
 */
export function createNodeReader(
  source: Source,
  instead: (offset: number, pointer: string) => ManifestNode | undefined = () => undefined,
): NodeReader {
  const diagnostics: Diagnostic[] = [];
  const anchors = new Map<string, Anchored>();
  const expansion = createExpansion();
  /** How many brackets stand around what is being read. */
  let brackets = 0;

  function fail(message: string, ...places: Place[]): void {
    diagnostics.push({ severity: 'error', message, places });
  }

  function exceed(limit: Limit, place: Place): ScalarNode {
    if (expansion.isNews(limit)) fail(limit === 'depth' ? tooDeep : tooLarge, place);
    return nullScalar(place);
  }

  function repeated(name: string, { key }: MappingEntry, before: MappingEntry): void {
    const message = `"${name}" occurs twice in this mapping; only the last one counts.`;
    diagnostics.push({ severity: 'warning', message, places: [key.place, before.key.place] });
  }

  function placeOf(node: { range?: readonly [number, number, number] | null }, pointer: string): Place {
    const [start, end] = node.range ?? [0, 0];
    return { source, start, end, pointer };
  }

  function read(node: unknown, pointer: string): ManifestNode {
    if (isAlias(node)) return readAlias(node, pointer);
    const anchor = isScalar(node) || isMap(node) || isSeq(node) ? node.anchor : undefined;
    if (anchor === undefined) return readPlainly(node, pointer);
    anchors.set(anchor, undefined);
    const anchored = expansion.measure(() => readPlainly(node, pointer));
    anchors.set(anchor, anchored);
    return anchored[0];
  }

  function readPlainly(node: unknown, pointer: string): ManifestNode {
    return expansion.inside(
      () => readInside(node, pointer),
      () => exceed('depth', placeOf({}, pointer)),
    );
  }

  function readInside(node: unknown, pointer: string): ManifestNode {
    if (isScalar(node)) return instead(node.range?.[0] ?? 0, pointer) ?? readScalar(node, pointer);
    if (isMap(node)) return readMapping(node, pointer);
    if (isSeq(node)) return readSequence(node, pointer);
    throw new TypeError('A YAML document holds scalars, sequences, mappings and aliases only.');
  }

  function readScalar(node: Scalar, pointer: string): ScalarNode {
    const style = styles[node.type ?? 'PLAIN'] ?? 'plain';
    const [start, end] = node.range ?? [0, 0];
    const place: Place = { source, start, end, pointer, style };
    const text = String(node.value ?? '');
    if (brackets > 0 && style === 'plain' && text.includes('?'))
      diagnostics.push({ severity: 'warning', message: unquotedQuestion, places: [place] });
    if (node.tag !== undefined && !(node.tag === '!' && style === 'plain'))
      return readTagged(node.tag, text, place);
    const resolved = style === 'plain' && node.tag === undefined ? resolvePlain(text) : undefined;
    return resolved ? { kind: 'scalar', ...resolved, place } : { kind: 'scalar', value: text, place };
  }

  function readTagged(tag: string, text: string, place: Place): ScalarNode {
    const resolved = tag === stringTag ? { value: text } : scalarTags[tag]?.(text);
    if (resolved === undefined) {
      const known = tag in scalarTags;
      fail(known ? `"${text}" is not a value of the tag "${tag}".` : `Unknown tag "${tag}".`, place);
    }
    return { kind: 'scalar', ...(resolved ?? { value: text }), place };
  }

  function readSequence(node: YAMLSeq, pointer: string): SequenceNode {
    const place = placeOf(node, pointer);
    checkCollectionTag(node.tag, 'tag:yaml.org,2002:seq', place);
    const items = within(node, () =>
      node.items.map((item, index) => {
        const at = pointerStep(pointer, index);
        // `[a: 1]` is a sequence of one mapping.
        return isPair(item) ? readPairs([item], place, at) : read(item, at);
      }),
    );
    return { kind: 'sequence', items, place };
  }

  function readMapping(node: YAMLMap, pointer: string): MappingNode {
    const place = placeOf(node, pointer);
    checkCollectionTag(node.tag, 'tag:yaml.org,2002:map', place);
    return within(node, () => readPairs(node.items, place, pointer));
  }

  function within<T>({ flow }: YAMLMap | YAMLSeq, readItems: () => T): T {
    if (flow !== true) return readItems();
    brackets++;
    const result = readItems();
    brackets--;
    return result;
  }

  function checkCollectionTag(tag: string | undefined, expected: string, place: Place): void {
    if (tag !== undefined && tag !== expected && tag !== '!') fail(`Unknown tag "${tag}".`, place);
  }

  function readPairs(pairs: readonly Pair[], place: Place, pointer: string): MappingNode {
    const own: MappingEntry[] = [];
    const merged: MappingEntry[] = [];
    for (const pair of pairs) {
      const key = readKey(pair.key, place, pointer);
      if (key === undefined) continue;
      const at = pointerStep(pointer, keyName(key));
      const located = withPlace(key, { ...key.place, pointer: at });
      const value =
        pair.value === null || pair.value === undefined
          ? nullScalar({ source, start: key.place.end, end: key.place.end, pointer: at })
          : read(pair.value, at);
      if (isMergeKey(key)) merged.push(...mergedEntries(value));
      else own.push({ key: located, value });
    }
    const entries = new Map<string, MappingEntry>();
    for (const entry of merged) entries.set(keyName(entry.key), entry);
    const written = new Map<string, MappingEntry>();
    for (const entry of own) {
      const name = keyName(entry.key);
      const before = written.get(name);
      if (before !== undefined) repeated(name, entry, before);
      written.set(name, entry);
      entries.set(name, entry);
    }
    return { kind: 'mapping', entries, place };
  }

  function readKey(key: unknown, place: Place, pointer: string): ScalarNode | undefined {
    if (key === null || key === undefined) return nullScalar(place);
    const node = read(key, pointer);
    if (node.kind === 'scalar') return node;
    const text = source.text ?? '';
    const template = text[place.start] === '{' && text[node.place.start] === '{';
    const message = template
      ? unquotedTemplateMessage
      : 'A key must be a plain value, not a sequence or a mapping.';
    fail(message, template ? place : node.place);
    return undefined;
  }

  /** What `<<: *base` or `<<: [*a, *b]` brings in. In a list, the earlier mapping wins. */
  function mergedEntries(value: ManifestNode): MappingEntry[] {
    const mappings = value.kind === 'sequence' ? value.items.toReversed() : [value];
    return mappings.flatMap((mapping) => {
      if (mapping.kind !== 'mapping') {
        fail('A merge key "<<" takes a mapping or a list of mappings.', mapping.place);
        return [];
      }
      const via = mapping.place.via;
      if (!via) return [...mapping.entries.values()];
      return Array.from(mapping.entries.values(), (entry) => ({
        key: withPlace(entry.key, { ...entry.key.place, via }),
        value: withPlace(entry.value, { ...entry.value.place, via }),
      }));
    });
  }

  function readAlias(alias: Alias, pointer: string): ManifestNode {
    const place = placeOf(alias, pointer);
    const anchored = anchors.get(alias.source);
    if (anchored === undefined) {
      fail(
        anchors.has(alias.source)
          ? `The alias "*${alias.source}" is used inside its own anchor.`
          : `Unknown alias "*${alias.source}".`,
        place,
      );
      return nullScalar(place);
    }
    const [node, extent] = anchored;
    const excess = expansion.repeat(extent);
    if (excess !== undefined) return exceed(excess, place);
    return withPlace(node, { ...node.place, via: place });
  }

  return { diagnostics, read };
}

function isMergeKey(key: ScalarNode): boolean {
  return key.value === '<<' && key.place.style === 'plain';
}

/** A key as it is in JSON. */
function keyName(key: ScalarNode): string {
  return key.float && Number.isFinite(key.value) ? `${key.value}.0` : String(key.value);
}
