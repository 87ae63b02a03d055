import { fieldOf, type ManifestNode } from '../../manifest/node.ts';
import { plainPathOf, type ReadPath, readPaths } from '../../simulator/read-paths.ts';
import { isKeyWord, isWordOfIds } from '../../util/text/id-words.ts';
import { singular } from '../../util/text/singular.ts';
import { ancestorOf, type ComponentAt, childIn, textIn, visit, written } from '../../validate/visit.ts';
import { addedFields } from '../added-fields.ts';
import { type CheckEvent, defineCheck } from '../check.ts';
import { looked, violation } from '../events.ts';
import { once } from '../once.ts';
import { schemaNode } from '../stream-schema.ts';
import { streamsIn } from '../streams-in.ts';
import { plainName, wordsOf } from '../words.ts';

export const pageTokens = defineCheck({
  id: 'page-tokens',
  group: 'pages',
  level: 'static',
  severity: 'warning',
  doc: '`stop_condition` and `cursor_value` look for one name at one place of the answer and both look forwards, a token is one, what comes after a page is not asked for by its first record, and what is read of the last record is in its schema',
  async *run({ source, readNode }) {
    const isNew = once();
    const isNewTold = once();
    for (const at of visit(source)) {
      const node = written(at, 'cursor_value');
      if (at.family !== 'PaginationStrategy' || at.isHook || node === undefined || !isNew(at.node)) continue;
      yield looked();
      yield* elsewhere(at);
      yield* otherDirection(at);
      yield* firstRecord(at);
      yield* severalTokens(at, node);
    }
    for (const stream of streamsIn(source)) {
      const strategy = childIn(childIn(childIn(stream, 'retriever'), 'paginator'), 'pagination_strategy');
      const nodes = ['cursor_value', 'stop_condition'].flatMap((field) => written(strategy, field) ?? []);
      if (strategy?.isHook !== false || !nodes.some(isOfLastRecord)) continue;
      const schema = await schemaNode(stream, textIn(stream, 'name') ?? '', readNode);
      for (const event of ofAnswer(stream, schema, nodes)) if (isNewTold(strategy.node)) yield event;
    }
  },
});

/** What a condition looks at: what its templates read, and `a.next` for `'next' in a`. */
function readIn(node: ManifestNode | undefined): readonly ReadPath[] {
  if (node?.kind !== 'scalar') return [];
  const text = String(node.value);
  const tested = [...text.matchAll(membership)].flatMap(([, name = '', container = '']) =>
    readPaths(`{{ ${container} }}`).map(({ name: of, path }) => ({ name: of, path: [...path, name] })),
  );
  return [...tested, ...readPaths(text.replace(membership, ' '))].filter(
    ({ name, path }) => (name === 'response' || name === 'headers') && path.length > 0,
  );
}

const membership =
  /['"]([\w.$@-]+)['"]\s+(?:not\s+)?in\s+((?:response|headers)(?:\.get\([^()]*\)|\.\w+|\[\s*['"][^'"]+['"]\s*\])*)/g;

function textOf({ path }: ReadPath): string {
  return path.join('.');
}

/** One name at two places, or at one place with a name that differs in its case, its separators or its number. */
function* elsewhere(at: ComponentAt): Generator<CheckEvent> {
  const [stop, value] = [written(at, 'stop_condition'), written(at, 'cursor_value')];
  const [tested, sent] = [readIn(stop), readIn(value)];
  if (tested.some((a) => sent.some((b) => a.name === b.name && isRelated(a.path, b.path)))) return;
  for (const a of tested)
    for (const b of sent) {
      if (a.name !== b.name || (!isOneName(a.path, b.path) && !isAlmost(a.path, b.path))) continue;
      // A path that begins later is another answer to the same question, of which `page-conditions` tells.
      yield violation(
        stop,
        `"stop_condition" looks for "${textOf(a)}" of the answer, and "cursor_value" reads "${textOf(b)}": of one answer hardly both are there.`,
        {
          stream: textIn(ancestorOf(at, 'Stream'), 'name'),
          also: value === undefined ? [] : [value.place],
        },
      );
      return;
    }
}

/** The next page is one, and so is what it is asked for by. */
function* severalTokens(at: ComponentAt, node: ManifestNode): Generator<CheckEvent> {
  const read = node.kind === 'scalar' ? plainPathOf(String(node.value)) : undefined;
  const name = String(read?.path.at(-1) ?? '');
  const [first = '', ...more] = wordsOf(name);
  const isToken = /^(?:next|last|continuation)$/.test(first) && more.length > 0 && tokens.test(name);
  if (read?.name !== 'response' || !isToken) return;
  yield violation(
    node,
    `"cursor_value" reads "${name}", a plural: what asks for the next page is one, "${name.slice(0, -1)}".`,
    { stream: textIn(ancestorOf(at, 'Stream'), 'name') },
  );
}

const tokens = /(?:page|cursor|token|url|link|id|key|offset)s$/i;

type Path = ReadPath['path'];

/** One leads into the other, or around what is at the end of both stands the same. */
function isRelated(a: Path, b: Path): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (short.every((step, index) => step === long[index])) return true;
  const around = short.slice(0, -1);
  const isWithin = around.every((step, index) => step === long[index]);
  return isWithin && short.at(-1) !== long.at(-1) && !isAlmost(a, b);
}

/** `next` and `metadata.next`. */
function isOneName(a: Path, b: Path): boolean {
  const around = (path: Path) => path.slice(0, -1).map(String);
  const [x, y] = [around(a), around(b)];
  // What ends alike before the name is told of by `page-conditions`.
  const [short, long] = x.length < y.length ? [x, y] : [y, x];
  const isTold =
    short.length > 0 && short.every((step, index) => step === long[index + long.length - short.length]);
  return a.at(-1) === b.at(-1) && x.join('.') !== y.join('.') && !isTold;
}

/** All steps but one are the same, and that one is the same word. */
function isAlmost(a: Path, b: Path): boolean {
  if (a.length !== b.length) return false;
  const different = a.flatMap((step, index) => (step === b[index] ? [] : [[String(step), String(b[index])]]));
  const [[x = '', y = ''] = [], ...more] = different;
  const same = (text: string) => plainName(singular(text));
  return more.length === 0 && different.length === 1 && same(x) === same(y);
}

/** The way back, among what an answer says of its pages. */
function isBackwards(path: Path): boolean {
  return path.some((step) =>
    /^(?:prev|previous|before|backward|backwards)$/.test(ahead(wordsOf(String(step)))),
  );
}

/** `hasPreviousPage` and `is_first` say what comes behind their first word. */
function ahead(words: readonly string[]): string {
  return /^(?:has|is)$/.test(words[0] ?? '') ? (words[1] ?? '') : (words[0] ?? '');
}

function* otherDirection(at: ComponentAt): Generator<CheckEvent> {
  const [stop, value] = [written(at, 'stop_condition'), written(at, 'cursor_value')];
  const [tested, sent] = [readIn(stop), readIn(value)];
  const stream = textIn(ancestorOf(at, 'Stream'), 'name');
  const back = tested.find(({ path }) => isBackwards(path));
  if (back !== undefined && !sent.some(({ path }) => isBackwards(path)))
    yield violation(
      stop,
      `"stop_condition" looks at "${textOf(back)}", by which APIs tell of the page before, and "cursor_value" leads to the next one: pages end where there is none before, which is the first.`,
      { stream, also: value === undefined ? [] : [value.place] },
    );
  const start = sent.find(({ path }) =>
    /^(?:start|first)(?:cursor|token|id)$/.test(plainName(String(path.at(-1)))),
  );
  const isForwards = tested.some(({ path }) => /^(?:has)?(?:next|more)/.test(plainName(String(path.at(-1)))));
  if (start !== undefined && isForwards)
    yield violation(
      value,
      `"cursor_value" reads "${textOf(start)}", where a page begins, and "stop_condition" asks whether there is a next one: the end of the page leads there.`,
      { stream, also: stop === undefined ? [] : [stop.place] },
    );
}

/** The first of the records of a page, sent as that after which the next page begins. */
function* firstRecord(at: ComponentAt): Generator<CheckEvent> {
  const value = written(at, 'cursor_value');
  const retriever = ancestorOf(at, 'Retriever');
  const list = written(childIn(childIn(retriever, 'record_selector'), 'extractor'), 'field_path');
  const records =
    list?.kind === 'sequence' ? list.items.map((item) => (item.kind === 'scalar' ? item.value : '')) : [];
  const option = textIn(childIn(at.parent, 'page_token_option'), 'field_name') ?? '';
  for (const { path } of readIn(value)) {
    const index = path.indexOf(0);
    const [around, name] = [path.slice(0, index), String(path[index + 1] ?? '')];
    if (index === -1 || index !== path.length - 2) continue;
    const isOfRecords =
      records.length > 0 && records.filter((step) => step !== '*').join('.') === around.join('.');
    const saysAfter = wordsOf(option).some((word) => /^(?:after|since|last|from|startafter)$/.test(word));
    const last = wordsOf(name).at(-1) ?? '';
    const isKey = isKeyWord(last) || isWordOfIds(last);
    if (!isOfRecords || (!saysAfter && !isKey)) continue;
    yield violation(
      value,
      `"cursor_value" reads "${name}" of the first record of a page${saysAfter ? `, and it is sent as "${option}"` : ''}: the next page begins after the last one, [-1].`,
      { stream: textIn(ancestorOf(at, 'Stream'), 'name') },
    );
    return;
  }
}

function isOfLastRecord(node: ManifestNode): boolean {
  return node.kind === 'scalar' && String(node.value).includes('last_record');
}

/** What an answer says of its pages, by the customary names. */
const saysPages =
  /^(?:meta|_?links?|pag(?:e|es|ing|ination)|(?:next|after|scroll|cursor|token|offset|continuation).*)$/;

/** `last_record['meta']['next']`, where the answer has the "meta" beside its records. */
function* ofAnswer(
  stream: ComponentAt,
  schema: ManifestNode | undefined,
  nodes: readonly ManifestNode[],
): Generator<CheckEvent> {
  const properties = schema && fieldOf(schema, 'properties');
  const extractor = childIn(childIn(childIn(stream, 'retriever'), 'record_selector'), 'extractor');
  const list = written(extractor, 'field_path');
  // Where the whole answer is a record, the record has what the answer has.
  if (list?.kind !== 'sequence' || list.items.length === 0) return;
  if (properties?.kind !== 'mapping' || properties.entries.size === 0) return;
  const known = new Set([
    ...properties.entries.keys(),
    ...[...addedFields(stream)].map(({ path }) => path[0]),
  ]);
  for (const node of nodes) {
    const reads = node.kind === 'scalar' ? readPaths(String(node.value)) : [];
    for (const { name, path } of reads) {
      const field = String(path[0] ?? '');
      if (name !== 'last_record' || known.has(field) || !saysPages.test(plainName(field))) continue;
      const own = textIn(stream, 'name');
      yield violation(
        node,
        `The last record is asked for "${path.join('.')}", and the schema of stream "${own}" has no "${field}": is "response" meant?`,
        { stream: own, also: schema === undefined ? [] : [schema.place] },
      );
      return;
    }
  }
}
