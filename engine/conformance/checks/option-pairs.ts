import { fieldOf } from '../../manifest/node.ts';
import { ancestorOf, type ComponentAt, childIn, textIn, visit, written } from '../../validate/visit.ts';
import { boundOf, ends, starts } from '../bound-words.ts';
import { type CheckEvent, defineCheck } from '../check.ts';
import { textOf } from '../datetime-formats.ts';
import { looked, violation } from '../events.ts';
import { once } from '../once.ts';
import { schemaNode } from '../stream-schema.ts';
import type { Subject } from '../subject.ts';
import { wordsOf } from '../words.ts';

export const optionPairs = defineCheck({
  id: 'option-pairs',
  group: 'requests',
  level: 'static',
  severity: 'warning',
  doc: 'the start and the end of a window are sent in one place and are those of one moment, that of the cursor, and so are the number and the size of a page',
  async *run(subject) {
    const isNew = once();
    for (const at of visit(subject.source)) {
      if (at.isHook || (at.family !== 'IncrementalSync' && at.family !== 'Paginator') || !isNew(at.node))
        continue;
      for (const [first, second] of pairs) yield* otherPlace(at, first, second);
      if (at.family === 'IncrementalSync') yield* otherMoment(at, subject);
    }
  },
});

const pairs = [
  ['start_time_option', 'end_time_option'],
  ['page_token_option', 'page_size_option'],
] as const;

function* otherPlace(at: ComponentAt, first: string, second: string): Generator<CheckEvent> {
  const [a, b] = [textIn(at, first, 'inject_into'), textIn(at, second, 'inject_into')];
  if (a === undefined || b === undefined) return;
  const stream = ancestorOf(at, 'Stream');
  yield looked();
  if (a === b) return;
  // What fits the request is right.
  const requester = childIn(childIn(stream, 'retriever'), 'requester');
  const hasBody = ['request_body', 'request_body_json', 'request_body_data'].some(
    (field) => written(requester, field) !== undefined,
  );
  const isPost = (textIn(requester, 'http_method') ?? 'GET').toUpperCase() !== 'GET' && hasBody;
  const odd = isPost === a.startsWith('body_') ? second : first;
  const other = odd === first ? second : first;
  const where = (name: string) => shownPlace(textIn(at, name, 'inject_into') ?? '');
  yield violation(
    written(at, odd, 'inject_into'),
    `"${odd}" is sent in ${where(odd)}, and "${other}" in ${where(other)}: do they not belong to one place?`,
    {
      stream: textIn(stream, 'name'),
      also: [written(at, other, 'inject_into')?.place].filter((place) => place !== undefined),
    },
  );
}

function shownPlace(where: string): string {
  if (where === 'request_parameter') return 'a parameter of the URL';
  return where === 'header' ? 'a header' : 'the body';
}

/** `created_after` and `updated_before`, or either of them for a cursor that is `updated_at`. */
async function* otherMoment(at: ComponentAt, { readNode }: Subject): AsyncGenerator<CheckEvent> {
  const stream = ancestorOf(at, 'Stream');
  const name = textIn(stream, 'name');
  const options = pairs[0].flatMap((field) => {
    const node = written(at, field, 'field_name');
    const stem = node?.kind === 'scalar' ? stemOf(String(node.value)) : undefined;
    return node === undefined || stem === undefined ? [] : [{ field, node, stem }];
  });
  if (options.length === 0) return;
  yield looked();
  const [start, end] = options;
  if (start !== undefined && end !== undefined && isOther(start.stem, end.stem)) {
    const cursor = stemOf(textIn(at, 'cursor_field') ?? '') ?? [];
    const odd = isOther(start.stem, cursor) && !isOther(end.stem, cursor) ? start : end;
    yield violation(
      odd.node,
      `The start of a window of stream "${name}" is asked for as "${textOf(start.node)}" and its end as "${textOf(end.node)}": these are two moments, ${start.stem.join(' ')} and ${end.stem.join(' ')}.`,
      { stream: name, also: [(odd === start ? end : start).node.place] },
    );
    return;
  }
  const node = written(at, 'cursor_field');
  const own = stemOf(textOf(node)) ?? [];
  const asked = start?.stem ?? end?.stem ?? [];
  if (stream === undefined || node === undefined || !isOther(own, asked)) return;
  // The records have the moment that is asked for, too.
  const schema = await schemaNode(stream, name ?? '', readNode);
  const properties = schema && fieldOf(schema, 'properties');
  const fields = properties?.kind === 'mapping' ? [...properties.entries.keys()] : [];
  const meant = fields.find((field) => (stemOf(field) ?? []).join(' ') === asked.join(' '));
  if (meant === undefined) return;
  yield violation(
    node,
    `Stream "${name}" asks for windows by "${textOf((start ?? end)?.node)}", and its cursor is "${textOf(node)}": records have "${meant}", too. Is that the cursor field?`,
    { stream: name, also: [start ?? end].flatMap((option) => option?.node.place ?? []) },
  );
}

/** What happens at a moment: of `updated_since`, `modifiedOn` and `filter[updated_at][gte]` the word for a change. */
function stemOf(name: string): readonly string[] | undefined {
  const words = wordsOf(name).flatMap((word) => happenings.get(word) ?? []);
  const isKnown =
    boundOf(name) !== undefined || !wordsOf(name).some((word) => starts.has(word) && ends.has(word));
  return isKnown && words.length === 1 ? words : undefined;
}

function isOther(a: readonly string[], b: readonly string[]): boolean {
  return a.length > 0 && b.length > 0 && a.join(' ') !== b.join(' ');
}

/** Words for one kind of moment. */
const happenings = new Map(
  [
    ['created', 'creation', 'create', 'inserted', 'added'],
    ['updated', 'update', 'modified', 'modification', 'modify', 'changed', 'change', 'edited'],
    ['deleted', 'deletion', 'removed'],
    ['closed', 'completed', 'finished', 'resolved'],
    ['started'],
    ['sent'],
    ['received'],
    ['published'],
    ['purchased', 'ordered'],
    ['posted'],
  ].flatMap((words) => words.map((word) => [word, words[0] ?? word] as const)),
);
