import { readPaths } from '../../simulator/read-paths.ts';
import { type ComponentAt, childIn, isFilledIn, textIn, written } from '../../validate/visit.ts';
import { type CheckEvent, defineCheck } from '../check.ts';
import { looked, violation } from '../events.ts';
import { offsetName, pageName, saysSize, sizeName, tokenName } from '../page-names.ts';
import { fieldIn, partsOf } from '../simulated/places.ts';
import type { StreamAt } from '../subject.ts';
import { wordsOf } from '../words.ts';

export const pagingOptions = defineCheck({
  id: 'paging-options',
  group: 'pages',
  level: 'static',
  severity: 'warning',
  saysMoreThan: ['option-pairs'],
  doc: 'how pages are counted fits the name under which they are asked for, and no size has such a name, the API can see the token where it is sent, no page is left out at the start, no name is a plural, and requests say how many records a page has where the manifest counts them',
  async *run(subject) {
    const all = await subject.streams();
    for (const stream of all) {
      const { paginator, strategy } = partsOf(stream);
      if (paginator === undefined || strategy === undefined) continue;
      yield looked(stream.name);
      yield* counted(stream, paginator, strategy);
      yield* hidden(stream, paginator);
      yield* sizeAsToken(stream, paginator);
      yield* tokenAsSize(stream, paginator);
      yield* otherToken(stream, paginator, strategy);
      yield* several(stream, paginator);
      yield* skipped(stream, strategy);
      yield* untold(stream, paginator, strategy, all);
    }
  },
});

/** An API that counts pages where records are meant skips most of them. */
function* counted({ name }: StreamAt, paginator: ComponentAt, strategy: ComponentAt): Generator<CheckEvent> {
  const option = childIn(paginator, 'page_token_option');
  const field = textIn(option, 'field_name');
  if (field === undefined) return;
  const { counts } = strategy.traits;
  const isOther =
    (counts === 'pages' && offsetName.test(field)) || (counts === 'records' && pageName.test(field));
  if (isOther)
    yield violation(
      strategy.node,
      `Stream "${name}" counts ${counts} (${strategy.component?.type}) and sends them as "${field}", by which APIs count ${counts === 'pages' ? 'records' : 'pages'}.`,
      { stream: name, also: [fieldIn(option, 'field_name')?.place ?? strategy.node.place] },
    );
}

/** Nobody looks into a header for the number of a page, nor into the body of a GET. */
function* hidden(stream: StreamAt, paginator: ComponentAt): Generator<CheckEvent> {
  const { requester } = partsOf(stream);
  const method = textIn(requester, 'http_method') ?? 'GET';
  for (const name of ['page_token_option', 'page_size_option']) {
    const option = childIn(paginator, name);
    const where = textIn(option, 'inject_into');
    const isOfGet = method.toUpperCase() === 'GET' && (where === 'body_json' || where === 'body_data');
    if (where !== 'header' && !isOfGet) continue;
    yield violation(
      fieldIn(option, 'inject_into'),
      `"${name}" of stream "${stream.name}" is sent in ${where === 'header' ? 'a header' : 'the body of a GET request'}, where hardly any API looks for it.`,
      { stream: stream.name },
    );
  }
}

function* sizeAsToken({ name }: StreamAt, paginator: ComponentAt): Generator<CheckEvent> {
  const field = fieldIn(childIn(paginator, 'page_token_option'), 'field_name');
  if (field?.kind !== 'scalar' || !sizeName.test(String(field.value))) return;
  yield violation(
    field,
    `Stream "${name}" sends which page it asks for as "${field.value}", by which APIs know how many records a page has.`,
    { stream: name },
  );
}

function* tokenAsSize({ name }: StreamAt, paginator: ComponentAt): Generator<CheckEvent> {
  const field = fieldIn(childIn(paginator, 'page_size_option'), 'field_name');
  const text = field?.kind === 'scalar' ? String(field.value) : '';
  if (field === undefined || ![offsetName, pageName, tokenName].some((each) => each.test(text))) return;
  yield violation(
    field,
    `Stream "${name}" sends how many records a page has as "${text}", by which APIs know which page is asked for.`,
    { stream: name },
  );
}

/** A number is no token, and a token no number. */
function* otherToken(
  { name }: StreamAt,
  paginator: ComponentAt,
  strategy: ComponentAt,
): Generator<CheckEvent> {
  const field = fieldIn(childIn(paginator, 'page_token_option'), 'field_name');
  const text = field?.kind === 'scalar' ? String(field.value) : '';
  const { counts } = strategy.traits;
  const isCounted = counts === 'pages' || counts === 'records';
  const [read, ...more] = readPaths(textIn(strategy, 'cursor_value') ?? '');
  const isToken = more.length === 0 && /(?:cursor|token)$/i.test(String(read?.path.at(-1) ?? ''));
  const isOther = isCounted ? tokenName.test(text) : isToken && offsetName.test(text);
  if (field === undefined || !isOther) return;
  yield violation(
    field,
    isCounted
      ? `Stream "${name}" counts ${counts} (${strategy.component?.type}) and sends the number as "${text}", by which APIs take what the answer before has given.`
      : `Stream "${name}" sends "${read?.path.at(-1)}" as "${text}", by which APIs take a number of records.`,
    { stream: name, also: [strategy.node.place] },
  );
}

/** One page is asked for, and a size is one number. */
function* several({ name }: StreamAt, paginator: ComponentAt): Generator<CheckEvent> {
  const value = textIn(childIn(paginator, 'pagination_strategy'), 'cursor_value') ?? '';
  const read = readPaths(value).map(({ path }) => path.at(-1));
  for (const option of ['page_token_option', 'page_size_option']) {
    const field = fieldIn(childIn(paginator, option), 'field_name');
    const text = field?.kind === 'scalar' ? String(field.value) : '';
    const one = text.replace(/s$/i, '');
    const isKnown = (of: string) =>
      [offsetName, pageName, sizeName, tokenName].some((names) => names.test(of));
    // "ids" may well take several that the answer has in "id".
    const isToken = option === 'page_token_option' && wordsOf(one).length > 1 && read.includes(one);
    if (one === text || isKnown(text) || !(isKnown(one) || isToken) || one.length < shortestWord) continue;
    yield violation(
      field,
      `"${option}" of stream "${name}" is sent as "${text}", which APIs have in the singular, "${one}".`,
      { stream: name },
    );
  }
}

/** `ps` is another word than `p`. */
const shortestWord = 3;

/** Pages are counted from 0 or from 1. */
function* skipped({ name }: StreamAt, strategy: ComponentAt): Generator<CheckEvent> {
  const node = written(strategy, 'start_from_page');
  if (node?.kind !== 'scalar' || typeof node.value !== 'number' || node.value < 2) return;
  yield violation(
    node,
    `Stream "${name}" begins with page ${node.value}: the records of the pages before are never read.`,
    { stream: name },
  );
}

/** A page that is shorter than the paginator expects is taken for the last one, so the API has to know what is expected. */
function* untold(
  stream: StreamAt,
  paginator: ComponentAt,
  strategy: ComponentAt,
  all: readonly StreamAt[],
): Generator<CheckEvent> {
  const node = written(strategy, 'page_size');
  const { counts } = strategy.traits;
  const { requester } = partsOf(stream);
  const isCounted = counts === 'pages' || counts === 'records';
  if (node?.kind !== 'scalar' || !isCounted || isFilledIn(strategy)) return;
  if (childIn(paginator, 'page_size_option') !== undefined) return;
  // An API may have one size for all pages. Where other streams say it, it has not.
  const isSaid = all.some((other) => {
    const parts = partsOf(other);
    return (
      parts.strategy?.traits.counts === counts && childIn(parts.paginator, 'page_size_option') !== undefined
    );
  });
  const isLarge = typeof node.value === 'number' && node.value >= unusualSize;
  if (!isSaid && !isLarge) return;
  if (saysSize(requester, String(node.value))) return;
  yield violation(
    paginator.node,
    `No request of stream "${stream.name}" says that a page has ${node.value} records, and a page with fewer is taken for the last one: "page_size_option" says it.`,
    // Some APIs have pages as long when nobody asks for fewer.
    { stream: stream.name, also: [node.place], ...(!isSaid && { severity: 'note' }) },
  );
}

/** Pages that nobody has asked for have ten to a hundred records, hardly ever as many. */
const unusualSize = 500;
