import type { Diagnostic } from '../error/diagnostic.ts';
import type { Place } from '../error/place.ts';
import { didYouMean } from '../util/text/did-you-mean.ts';
import { createExpansion, type Extent, expansionLimit, type Limit, tooDeep } from './expansion.ts';
import {
  lazyMapping,
  type ManifestNode,
  type MappingEntry,
  type MappingNode,
  nullScalar,
  type ScalarNode,
  withPlace,
} from './node.ts';
import { reachedBy } from './reference-trail.ts';

export interface Resolved {
  readonly node: ManifestNode;
  readonly diagnostics: readonly Diagnostic[];
}

/** Fields whose values are config rather than components: what looks like a reference in them is plain text. */
const verbatimFields: ReadonlySet<string> = new Set(['config_overrides']);

const tooLarge = `References expand the manifest to more than ${expansionLimit} values.`;

interface Target {
  /** Undefined while it is being resolved: to meet it again then means a circle. */
  resolved?: readonly [node: ManifestNode, extent: Extent];
  readonly from: Place;
}

/**
 * Replaces `{$ref: "#/a/b"}`, and any text that starts with `#/`, with what it points to. Fields beside a `$ref` win
 * over those of the mapping it points to. Each target is resolved once and shared. What cannot be resolved is left as
 * it is and reported.
 */
export function resolveReferences(root: ManifestNode): Resolved {
  const diagnostics: Diagnostic[] = [];
  const targets = new Map<string, Target>();
  /** Those being resolved, the outermost first. */
  const open: Target[] = [];
  const expansion = createExpansion();

  function fail(message: string, ...places: Place[]): void {
    diagnostics.push({ severity: 'error', message, places });
  }

  function exceed(limit: Limit, place: Place): void {
    if (expansion.isNews(limit)) fail(limit === 'depth' ? tooDeep : tooLarge, place);
  }

  function resolve(node: ManifestNode): ManifestNode {
    return expansion.inside(
      () => resolveInside(node),
      () => {
        exceed('depth', node.place);
        return nullScalar(node.place);
      },
    );
  }

  function resolveInside(node: ManifestNode): ManifestNode {
    switch (node.kind) {
      case 'scalar':
        return isReference(node) ? follow(node, node.value) : node;
      case 'sequence': {
        const items = node.items.map(resolve);
        return items.some((item, index) => item !== node.items[index]) ? { ...node, items } : node;
      }
      case 'mapping':
        return resolveMapping(node);
    }
  }

  function resolveMapping(node: MappingNode): ManifestNode {
    const reference = node.entries.get('$ref');
    const own = new Map<string, MappingEntry>();
    let changed = reference !== undefined;
    for (const [name, entry] of node.entries) {
      if (name === '$ref') continue;
      const value = verbatimFields.has(name) ? entry.value : resolve(entry.value);
      if (value !== entry.value) changed = true;
      own.set(name, value === entry.value ? entry : { key: entry.key, value });
    }
    if (!changed) return node;
    if (reference === undefined) return { ...node, entries: own };
    const before = diagnostics.length;
    const target = resolve(reference.value);
    // It keeps its "$ref": whoever reads it then knows that what is missing has been told.
    if (diagnostics.length > before && target === reference.value)
      return { ...node, entries: new Map([...own, ['$ref', reference]]) };
    if (target === reference.value && target.kind === 'scalar') {
      const message = `"${target.value}" is not a reference because it does not start with "#/"; it replaces the whole mapping.`;
      diagnostics.push({ severity: 'warning', message, places: [target.place] });
    }
    if (target.kind !== 'mapping' || own.size === 0) return target;
    return { ...node, entries: merge(target, own) };
  }

  function follow(at: ScalarNode, reference: string): ManifestNode {
    const known = targets.get(reference);
    if (known) {
      if (known.resolved === undefined) {
        const circle = open.slice(open.indexOf(known)).map(({ from }) => from);
        fail(`The reference "${reference}" leads back to itself.`, at.place, ...circle);
        return at;
      }
      const [node, extent] = known.resolved;
      const excess = expansion.repeat(extent);
      if (excess === undefined) return reached(node, at);
      exceed(excess, at.place);
      return at;
    }
    const raw = lookUp(root, reference.slice(2));
    if (typeof raw === 'string') {
      fail(`There is nothing at "${reference}".${raw}`, at.place);
      return at;
    }
    const target: Target = { from: at.place };
    targets.set(reference, target);
    open.push(target);
    target.resolved = expansion.measure(() => resolve(raw));
    open.pop();
    return reached(target.resolved[0], at);
  }

  return { node: resolve(root), diagnostics };
}

/**
 * The same for a tree that is known to have no finding: a mapping is resolved when somebody looks at it, and what nobody
 * looks at is not.
 */
export function resolveWhenNeeded(root: MappingNode): ManifestNode {
  const targets = new Map<string, ManifestNode>();

  function resolve(node: ManifestNode): ManifestNode {
    if (node.kind === 'scalar') return isReference(node) ? follow(node, node.value) : node;
    if (node.kind === 'sequence') return { ...node, items: node.items.map(resolve) };
    const reference = node.entries.get('$ref')?.value;
    if (reference === undefined) return lazyMapping(node.place, () => ownEntries(node));
    const target = resolve(reference);
    if (target.kind !== 'mapping' || node.entries.size === 1) return target;
    return lazyMapping(node.place, () => merge(target, ownEntries(node)));
  }

  function ownEntries(node: MappingNode): ReadonlyMap<string, MappingEntry> {
    const own = new Map<string, MappingEntry>();
    node.entries.forEach((entry, name) => {
      if (name === '$ref') return;
      const { key, value } = entry;
      const resolved = verbatimFields.has(name) ? value : resolve(value);
      own.set(name, resolved === value ? entry : { key, value: resolved });
    });
    return own;
  }

  function follow(at: ScalarNode, reference: string): ManifestNode {
    const known = targets.get(reference);
    if (known !== undefined) return reached(known, at);
    const raw = lookUp(root, reference.slice(2));
    const target = typeof raw === 'string' ? at : resolve(raw);
    targets.set(reference, target);
    return reached(target, at);
  }

  return resolve(root);
}

/** What a text of a written tree refers to, as it is written there; undefined when it is no reference, or when there is nothing. */
export function referredTo(root: ManifestNode, node: ManifestNode): ManifestNode | undefined {
  if (node.kind !== 'scalar' || !isReference(node)) return undefined;
  const target = lookUp(root, node.value.slice(2));
  return typeof target === 'string' ? undefined : target;
}

function merge(target: MappingNode, own: ReadonlyMap<string, MappingEntry>): Map<string, MappingEntry> {
  const entries = new Map<string, MappingEntry>();
  const via = target.place.via;
  target.entries.forEach((entry, name) => {
    entries.set(name, own.get(name) ?? reachedEntry(entry, via));
  });
  own.forEach((entry, name) => void entries.set(name, entry));
  return entries;
}

function reachedEntry({ key, value }: MappingEntry, via: Place | undefined): MappingEntry {
  return {
    key: withPlace(key, reachedBy(key.place, via)),
    value: withPlace(value, reachedBy(value.place, via)),
  };
}

function reached(node: ManifestNode, at: ScalarNode): ManifestNode {
  return withPlace(node, reachedBy(node.place, at.place));
}

function isReference(node: ScalarNode): node is ScalarNode & { readonly value: string } {
  return typeof node.value === 'string' && node.value.startsWith('#/');
}

/**
 * The node that a path leads to, or a hint why there is none. Keys may contain slashes, so at each level the whole rest
 * of the path is tried as a key before its first step is.
 */
function lookUp(root: ManifestNode, path: string): ManifestNode | string {
  let node = root;
  let rest = path;
  while (rest !== '') {
    const whole = node.kind === 'mapping' ? node.entries.get(rest) : undefined;
    if (whole) return whole.value;
    const slash = rest.indexOf('/');
    const step = slash < 0 ? rest : rest.slice(0, slash);
    const next = child(node, step);
    if (next === undefined) return hint(node, step);
    node = next;
    rest = slash < 0 ? '' : rest.slice(slash + 1);
  }
  return node;
}

function child(node: ManifestNode, step: string): ManifestNode | undefined {
  if (node.kind === 'mapping') return node.entries.get(step)?.value;
  if (node.kind === 'sequence' && /^-?\d+$/.test(step)) return node.items.at(Number(step));
  return undefined;
}

function hint(node: ManifestNode, step: string): string {
  if (node.kind !== 'mapping') return ` There is no "${step}" in a ${node.kind}.`;
  if (node.entries.has('$ref')) return ` A reference cannot lead through another "$ref" to "${step}".`;
  return didYouMean(step, node.entries.keys());
}
