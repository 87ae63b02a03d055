import type { Diagnostic } from '../../error/diagnostic.ts';
import type { Place } from '../../error/place.ts';
import { isSliceName } from '../../language/template-names.ts';
import type { ManifestNode } from '../../manifest/node.ts';
import { warningAt } from '../../manifest/node-diagnostic.ts';
import { textsBelow } from '../../manifest/walk.ts';
import { type MemberUse, memberUses, neededMembers } from '../../template/member-uses.ts';
import { inspectTemplate } from '../../template/template.ts';
import { didYouMean } from '../../util/text/did-you-mean.ts';
import { quotedList } from '../../util/text/quoted-list.ts';
import { textsOf } from '../texts.ts';
import { type ComponentAt, childIn, textIn, visit, written } from '../visit.ts';

/** Fields that a slice has besides those that it is made of. */
const always = ['parent_slice', 'extra_fields', 'start_time', 'end_time', 'start', 'query_properties'];

/** What a template takes of a slice is what the stream is split by. */
export function* sliceFields(retriever: ComponentAt): Iterable<Diagnostic> {
  const stream = retriever.parent;
  if (retriever.family !== 'Retriever' || stream?.family !== 'Stream') return;
  if (retriever.isHook || retriever.traits.readsPages !== true) return;
  const fields = fieldsOf(stream, retriever);
  if (fields === undefined) return;
  for (const at of within(retriever)) {
    for (const { node, text } of at.isHook ? textsOfHook(at) : textsOf(at)) {
      for (const use of usesIn(text)) {
        const { member, offset } = use;
        if (!fields.includes(member)) {
          const isWindowed = written(stream, 'incremental_sync') !== undefined;
          const windows = isWindowed ? ['start_time', 'end_time'] : [];
          const known = [...fields.filter((field) => !always.includes(field)), ...windows];
          const hint =
            known.length === 0
              ? ' This stream is not split into partitions.'
              : didYouMean(member, known) || ` They have ${quotedList(known)}.`;
          const finding = warningAt(node, `The slices of this stream have no "${member}".${hint}`);
          yield { ...finding, places: [...finding.places, ...declared(retriever)], offset };
        } else if (member === 'parent_slice') {
          const finding = ofParent(retriever, node, use);
          if (finding !== undefined) yield finding;
        }
      }
    }
  }
}

/** What is taken for certain: `get` with a default, or where something was asked before, is for slices that may be without it. */
function usesIn(text: string): readonly MemberUse[] {
  const ofSlice = ({ name, how }: MemberUse) => isSliceName(name) && how !== 'call';
  const needed = neededMembers(text).filter(
    (use) => use.how === 'get' && ofSlice(use) && !hasDefault(text, use),
  );
  return [...memberUses(text).filter((use) => use.how !== 'get' && ofSlice(use)), ...needed];
}

function hasDefault(text: string, { offset }: MemberUse): boolean {
  return !/^\w+\s*\.\s*get\(\s*(?:'[^']*'|"[^"]*")\s*\)/.test(text.slice(offset));
}

/** `parent_slice.id` is what the parent itself was split by. */
function ofParent(retriever: ComponentAt, node: ManifestNode, use: MemberUse): Diagnostic | undefined {
  const [member] = use.deeper;
  if (member === undefined || ['get', 'items', 'keys', 'values'].includes(member)) return undefined;
  const parents = routersOf(retriever).flatMap((router) =>
    ownOf(router).flatMap((at) => (at.family === 'ParentStreamConfig' ? [childIn(at, 'stream')] : [])),
  );
  const known = parents.map((stream) => {
    const above = childIn(stream, 'retriever');
    const isSeen = above !== undefined && !above.isHook && above.traits.readsPages === true;
    return stream === undefined || !isSeen ? undefined : fieldsOf(stream, above);
  });
  const fields = known.flatMap((each) => each ?? []).filter((field) => !ofWindow.includes(field));
  if (known.length === 0 || known.includes(undefined) || fields.includes(member)) return undefined;
  const own = fields.filter((field) => !always.includes(field));
  const hint =
    own.length === 0
      ? ' Those are not split into partitions.'
      : didYouMean(member, own) || ` They have ${quotedList(own)}.`;
  const finding = warningAt(node, `The slices of the parents of this stream have no "${member}".${hint}`);
  return { ...finding, offset: use.offset };
}

const ofWindow = ['start_time', 'end_time', 'start'];

/** Fields of requesters whose code is a hook that are templates by their names, as those of the one that they customarily extend. */
const templates = /^(?:url_base|url|path|request_parameters|request_headers|request_body(?:_json|_data)?)$/;

function* textsOfHook({ family, node }: ComponentAt): Generator<{ node: ManifestNode; text: string }> {
  if (family !== 'Requester') return;
  for (const [field, { value }] of node.entries)
    if (templates.test(field)) for (const text of textsBelow(value)) yield { node: text, text: text.value };
}

/** Where the names of partitions are written: one of them may be the one that is wrong. */
function declared(retriever: ComponentAt): readonly Place[] {
  return routersOf(retriever).flatMap((router) =>
    [router, ...router.children].flatMap((at) => {
      const node = written(at, 'partition_field') ?? written(at, 'cursor_field');
      return node === undefined ? [] : [node.place];
    }),
  );
}

/** Everything that makes the requests of this retriever and changes its records, without the parents, which have slices of their own. */
function* within(retriever: ComponentAt): Generator<ComponentAt> {
  yield retriever;
  const own = retriever.children.filter(({ family }) => family !== 'PartitionRouter');
  const transformations = retriever.parent?.children.filter(({ field }) => field === 'transformations') ?? [];
  for (const part of [...own, ...transformations])
    for (const at of visit(part)) if (!isElsewhere(at, part)) yield at;
}

function isElsewhere(at: ComponentAt, part: ComponentAt): boolean {
  for (let each: ComponentAt = at; ; each = each.parent) {
    if (each.family === 'Retriever' || each.family === 'Stream') return true;
    if (each.isHook && !(each === at && each.family === 'Requester')) return true;
    if (each === part || each.parent === undefined) return false;
  }
}

/** The names in the stream's slices; undefined when something makes them that cannot be seen. */
function fieldsOf(stream: ComponentAt, retriever: ComponentAt): readonly string[] | undefined {
  const cursor = childIn(stream, 'incremental_sync');
  const names: (string | undefined)[] = [...always];
  if (cursor?.isHook === true || (cursor?.component === undefined) !== (cursor === undefined))
    return undefined;
  for (const field of ['partition_field_start', 'partition_field_end'])
    if (textIn(cursor, field) !== undefined) names.push(textIn(cursor, field));
  for (const router of routersOf(retriever)) {
    for (const at of ownOf(router)) {
      if (at.isHook || at.component === undefined) return undefined;
      if (at.family === 'PartitionRouter' || at.family === 'ParentStreamConfig') {
        for (const field of ['partition_field', 'cursor_field']) {
          const name = textIn(at, field);
          if (name !== undefined) names.push(inspectTemplate(name).isPlain ? name : undefined);
        }
        names.push(...extraFields(at));
      }
    }
  }
  return names.every((name): name is string => name !== undefined) ? names : undefined;
}

function routersOf(retriever: ComponentAt): readonly ComponentAt[] {
  return retriever.children.filter(({ family }) => family === 'PartitionRouter');
}

/** A router with all below it but the streams that are its parents. */
function ownOf(router: ComponentAt): readonly ComponentAt[] {
  const below = router.children.filter(({ family }) => family !== 'Stream');
  return [router, ...below.flatMap(ownOf)];
}

function extraFields({ fields }: ComponentAt): string[] {
  const paths = Array.isArray(fields.extra_fields) ? fields.extra_fields : [];
  return paths.flatMap((path: unknown) => {
    const last: unknown = Array.isArray(path) ? path.at(-1) : undefined;
    return typeof last === 'function' && 'text' in last ? [String(last.text)] : [];
  });
}
