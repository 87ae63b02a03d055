import type { Diagnostic } from '../../error/diagnostic.ts';
import type { Place } from '../../error/place.ts';
import { isSliceName } from '../../language/template-names.ts';
import { warningAt } from '../../manifest/node-diagnostic.ts';
import { memberUses } from '../../template/member-uses.ts';
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
    for (const { node, text } of textsOf(at)) {
      for (const { name, member, offset, how } of memberUses(text)) {
        if (!isSliceName(name) || how === 'call' || how === 'get' || fields.includes(member)) continue;
        const isWindowed = written(stream, 'incremental_sync') !== undefined;
        const windows = isWindowed ? ['start_time', 'end_time'] : [];
        const known = [...fields.filter((field) => !always.includes(field)), ...windows];
        const hint =
          known.length === 0
            ? ' This stream is not split into partitions.'
            : didYouMean(member, known) || ` They have ${quotedList(known)}.`;
        const finding = warningAt(node, `The slices of this stream have no "${member}".${hint}`);
        yield { ...finding, places: [...finding.places, ...declared(retriever)], offset };
      }
    }
  }
}

/** Where the names of partitions are written: one of them may be the one that is wrong. */
function declared(retriever: ComponentAt): readonly Place[] {
  const routers = retriever.children.filter(({ family }) => family === 'PartitionRouter');
  return routers.flatMap((router) =>
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
    if (each.family === 'Retriever' || each.family === 'Stream' || each.isHook) return true;
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
  for (const router of retriever.children.filter(({ family }) => family === 'PartitionRouter')) {
    for (const at of visit(router)) {
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

function extraFields({ fields }: ComponentAt): string[] {
  const paths = Array.isArray(fields.extra_fields) ? fields.extra_fields : [];
  return paths.flatMap((path: unknown) => {
    const last: unknown = Array.isArray(path) ? path.at(-1) : undefined;
    return typeof last === 'function' && 'text' in last ? [String(last.text)] : [];
  });
}
