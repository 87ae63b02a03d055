import type { Place } from '../../error/place.ts';
import type { ManifestNode, MappingEntry } from '../../manifest/node.ts';
import { type ComponentAt, textIn, visit } from '../../validate/visit.ts';
import type { Change, Edit, Target } from './change.ts';
import { type Decision, decisions, ofHooks } from './decisions.ts';
import { changesOfPart, type Part } from './spec-decisions.ts';
import { pathText, type Step, type WrittenPaths, withNodeAt, writtenPaths } from './written-paths.ts';

/** A manifest that decides one thing differently. */
export interface Mutant {
  /** Where the change is, as excuses name it: `definitions.pages.pagination_strategy.page_size`. */
  readonly path: string;
  /** Which of the changes of this place. */
  readonly id: string;
  /** Half a sentence after the path. */
  readonly says: string;
  readonly place: Place;
  readonly seenBy: string;
  /** The streams that it concerns. */
  readonly streams: ReadonlySet<string>;
  /** What it concerns besides streams. */
  readonly part?: Part;
  /** The built-in checks that look at it, where not all do. */
  readonly checks?: readonly string[];
  /** The changed tree, as it would be written. */
  readonly tree: () => ManifestNode;
}

interface Found {
  readonly change: Change;
  readonly decision: Decision;
  readonly streams: Set<string>;
  readonly part?: Part;
}

/**
 * All mutants of a manifest, in the order in which it is written. `tree` is the manifest as it is written, `source` its
 * components with references followed: a definition that several streams use is changed once, for all of them.
 */
export function findMutants(tree: ManifestNode, source: ComponentAt): readonly Mutant[] {
  const paths = writtenPaths(tree);
  const found = new Map<string, Found>();
  const names = new Set<string>();
  const add = ({ change, decision }: Pick<Found, 'change' | 'decision'>, concerned: Iterable<string>) => {
    const key = `${spotOf(change)} ${change.id}`;
    const known = found.get(key) ?? { change, decision, streams: new Set<string>() };
    for (const name of concerned) known.streams.add(name);
    found.set(key, known);
  };
  for (const part of ['spec', 'check'] as const) {
    const at = source.children.find(({ field }) => field === part);
    if (at === undefined || at.isHook) continue;
    for (const { change, decision } of changesOfPart(at, part))
      found.set(`${spotOf(change)} ${change.id}`, { change, decision, streams: new Set(), part });
  }
  for (const stream of source.children) {
    if (!['Stream', 'DynamicStream', 'ConditionalStreams'].includes(stream.family)) continue;
    for (const at of visit(stream)) {
      const name = textIn(streamAround(at, stream), 'name') ?? '';
      names.add(name);
      for (const each of changesOf(at)) add(each, [name]);
    }
  }
  // What is made of a config concerns all streams.
  const spec = source.children.find(({ field }) => field === 'spec');
  if (spec !== undefined) for (const at of visit(spec)) for (const each of changesOf(at)) add(each, names);
  return [...found.values()]
    .flatMap((each) => mutantOf(tree, paths, each) ?? [])
    .sort((a, b) => a.place.source.name.localeCompare(b.place.source.name) || a.place.start - b.place.start);
}

/** The stream that is read; those inside of it are its parents. */
function streamAround(at: ComponentAt, top: ComponentAt): ComponentAt {
  let stream = top;
  for (let above: ComponentAt | undefined = at; above !== undefined; above = above.parent)
    if (above.family === 'Stream') stream = above;
  return stream;
}

function* changesOf(at: ComponentAt): Generator<{ readonly change: Change; readonly decision: Decision }> {
  const table: Readonly<Record<string, Decision>> = decisions[at.family] ?? {};
  for (const [name, entry] of at.node.entries) {
    const decision = Object.hasOwn(table, name) ? table[name] : at.isHook ? ofHookField(at, name) : undefined;
    if (decision === undefined) continue;
    const seen = new Set<string>();
    for (const alteration of decision.alterations)
      for (const change of alteration(entry, at.node)) {
        const key = `${spotOf(change)} ${change.id}`;
        if (seen.has(key) || isComponentField(at, entry, change)) continue;
        seen.add(key);
        yield { change, decision };
      }
  }
}

/** Components in the fields of a hook have their own decisions. */
function ofHookField(at: ComponentAt, name: string): Decision | undefined {
  const isOwn = !['type', 'class_name', '$parameters', 'name'].includes(name);
  return isOwn && at.component !== undefined && Object.hasOwn(at.component.fields(), name)
    ? ofHooks
    : undefined;
}

/** What is renamed or given another value is no component; what it has inside may be. */
function isComponentField(at: ComponentAt, entry: MappingEntry, { node, target }: Change): boolean {
  const { value } = entry;
  return (
    node !== undefined &&
    target.kind === 'entry' &&
    target.entry === entry &&
    at.children.some((child) => child.node === value) &&
    node.kind !== value.kind
  );
}

function spotOf({ target }: Change): string {
  const { source, start, pointer } = target.kind === 'entry' ? target.entry.key.place : target.list.place;
  const index = target.kind === 'item' ? `[${target.index}]` : '';
  return `${source.name} ${source.text === undefined ? pointer : start}${index}`;
}

/** Undefined where the change is in what was not written, such as a default. */
function mutantOf(
  tree: ManifestNode,
  paths: WrittenPaths,
  { change, decision, streams, part }: Found,
): Mutant | undefined {
  const { target, id, says, also = [] } = change;
  const edits = [change, ...also].map((edit: Edit) => ({ at: pathsOf(edit.target, paths), node: edit.node }));
  const first = edits[0]?.at[0];
  if (first === undefined || edits.some(({ at }) => at.length === 0)) return undefined;
  return {
    path: pathText(tree, first),
    id,
    says,
    place:
      target.kind === 'entry'
        ? target.entry.key.place
        : (target.list.items[target.index] ?? target.list).place,
    seenBy: decision.seenBy,
    streams,
    ...(part && { part }),
    ...(decision.checks && { checks: decision.checks }),
    tree: () =>
      edits.reduce(
        (edited, { at, node }) => at.reduce((changed, path) => withNodeAt(changed, path, node), edited),
        tree,
      ),
  };
}

function pathsOf(target: Target, paths: WrittenPaths): readonly (readonly Step[])[] {
  return target.kind === 'entry'
    ? paths.ofKey(target.entry.key.place)
    : paths.ofList(target.list.place).map((path) => [...path, target.index]);
}
