import { cloneJson } from '../util/json/clone-json.ts';
import { inNameOrder } from '../util/json/in-name-order.ts';
import { isPlainObject, type JsonObject } from '../util/json/json.ts';
import { toJsonText } from '../util/json/to-json-text.ts';

/** Fields whose equal values a visual editor keeps in one place. A fact of the language. */
const linkable: ReadonlySet<string> = new Set([
  'authenticator',
  'error_handler',
  'file_uploader',
  'paginator',
  'request_body',
  'request_headers',
  'request_parameters',
  'transformations',
  'url_base',
]);

interface Occurrence {
  readonly owner: JsonObject;
  readonly field: string;
  readonly value: unknown;
}

/**
 * A resolved manifest in the layout of visual editors: what several components have in common stands once, under
 * `definitions.linked`, parents that are streams of the manifest are references to them, and nothing else is left of
 * the definitions. A manifest that does not lend itself to it comes back as it was.
 */
export function normalizeManifest(resolved: JsonObject): JsonObject {
  const manifest = cloneJson(resolved);
  const given = isPlainObject(manifest.definitions) ? manifest.definitions.linked : undefined;
  const linked: JsonObject = isPlainObject(given) ? given : {};
  manifest.definitions = { linked };
  for (const occurrences of common(manifest)) if (!link(occurrences, linked)) return resolved;
  referToParents(manifest);
  dropUnreferenced(manifest);
  return manifest;
}

/** The groups of equal values, the largest first. */
function common(manifest: JsonObject): readonly (readonly Occurrence[])[] {
  const groups = new Map<string, Occurrence[]>();
  function look(owner: unknown): void {
    if (!isPlainObject(owner)) return;
    for (const [field, value] of Object.entries(owner)) {
      if (field === 'definitions' || value === null) continue;
      if (Array.isArray(value)) {
        for (const item of value) look(item);
        continue;
      }
      look(value);
      if (!linkable.has(field)) continue;
      const key = keyOf({ [field]: value });
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [{ owner, field, value }]);
      else group.push({ owner, field, value });
    }
  }
  look(manifest);
  return [...groups.values()].filter(({ length }) => length > 1).sort((a, b) => b.length - a.length);
}

/** Puts the value of a group under `definitions.linked.<type>.<field>`, unless another one is there. */
function link(occurrences: readonly Occurrence[], linked: JsonObject): boolean {
  const [first] = occurrences as [Occurrence];
  const { type } = first.owner;
  if (typeof type !== 'string') return false;
  const ofType = isPlainObject(linked[type]) ? linked[type] : {};
  linked[type] = ofType;
  const isTaken = Object.hasOwn(ofType, first.field);
  if (!isTaken) ofType[first.field] = first.value;
  for (const { owner, field, value } of occurrences) {
    if (isTaken && keyOf(value) !== keyOf(ofType[first.field])) continue;
    owner[field] = { $ref: `#/definitions/linked/${type}/${first.field}` };
  }
  return true;
}

function referToParents({ streams }: JsonObject): void {
  if (!Array.isArray(streams)) return;
  const positions = new Map(streams.map((stream, index) => [keyOf(stream), index]));
  for (const stream of streams) {
    const router = isPlainObject(stream?.retriever) ? stream.retriever.partition_router : undefined;
    for (const each of Array.isArray(router) ? router : [router]) {
      if (!isPlainObject(each) || each.type !== 'SubstreamPartitionRouter') continue;
      const parents: readonly unknown[] = Array.isArray(each.parent_stream_configs)
        ? each.parent_stream_configs
        : [];
      for (const parent of parents) {
        if (!isPlainObject(parent) || !isPlainObject(parent.stream)) continue;
        const position = positions.get(keyOf(parent.stream));
        if (position !== undefined) parent.stream = { $ref: `#/streams/${position}` };
      }
    }
  }
}

function dropUnreferenced(manifest: JsonObject): void {
  const references: string[] = [];
  function look(value: unknown): void {
    if (Array.isArray(value)) for (const item of value) look(item);
    if (!isPlainObject(value)) return;
    if (typeof value.$ref === 'string') references.push(value.$ref);
    for (const field of Object.values(value)) look(field);
  }
  look(manifest);
  for (const section of ['definitions', 'schemas']) {
    const entries = manifest[section];
    if (!isPlainObject(entries)) continue;
    for (const name of Object.keys(entries))
      if (!references.some((reference) => reference.startsWith(`#/${section}/${name}`))) delete entries[name];
    if (Object.keys(entries).length === 0) delete manifest[section];
  }
}

/** Equal for values that are equal, in whatever order their fields stand. */
function keyOf(value: unknown): string {
  return toJsonText(inNameOrder(value));
}
