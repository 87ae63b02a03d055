import { type ReadPath, readPaths } from '../../simulator/read-paths.ts';
import { createTemplates } from '../../template/template.ts';
import { virtualClock } from '../../time/virtual-clock.ts';
import { tryTo } from '../../util/flow/try-to.ts';
import { isObject, type JsonObject } from '../../util/json/json.ts';
import { type ComponentAt, childIn, textIn, visit, written } from '../../validate/visit.ts';
import { type CheckEvent, defineCheck } from '../check.ts';
import { looked, violation } from '../events.ts';
import { once } from '../once.ts';
import { unfitOption } from '../unfit-option.ts';
import { plainName, wordsOf } from '../words.ts';

export const pageConditions = defineCheck({
  id: 'page-conditions',
  group: 'pages',
  level: 'static',
  severity: 'warning',
  saysMoreThan: ['request-paths'],
  doc: '`stop_condition` reads something of the answer and does not mean that there is a token, `cursor_value` leads forwards, and what it gives (a token, an address) fits the option that sends it',
  *run({ source }) {
    const isNew = once();
    for (const paginator of visit(source)) {
      const strategy = childIn(paginator, 'pagination_strategy');
      if (paginator.family !== 'Paginator' || strategy === undefined || strategy.isHook) continue;
      yield looked();
      if (isNew(strategy.node)) {
        yield* constant(strategy);
        yield* backwards(strategy);
        yield* whereThereIsToken(strategy);
        yield* beforeLastPage(strategy);
        yield* afterEmptyPage(strategy);
        yield* otherToken(strategy);
        yield* otherPlace(strategy);
      }
      if (isNew(paginator.node)) yield* unfitOption(paginator, strategy);
    }
  },
});

/** A condition that reads nothing is always the same. */
function* constant(strategy: ComponentAt): Generator<CheckEvent> {
  const node = written(strategy, 'stop_condition');
  if (node?.kind !== 'scalar' || readPaths(String(node.value)).length > 0) return;
  const text = String(node.value).replace(/^\s*\{\{|\}\}\s*$/g, '');
  if (/[{%]|\w\s*\(/.test(text)) return;
  yield violation(
    node,
    `"stop_condition" reads nothing of the answer, so it is the same for every page (${text.trim()}): pages end after the first one, or only where there is no further token.`,
  );
}

/** Beside the next page, among the links of an answer. */
const elsewhere = /^(?:current|self|first)$/;

function* backwards(strategy: ComponentAt): Generator<CheckEvent> {
  const node = written(strategy, 'cursor_value');
  // The number of this page and one more is that of the next.
  if (node?.kind === 'scalar' && /\+\s*1\b/.test(String(node.value))) return;
  for (const { path } of node?.kind === 'scalar' ? readPaths(String(node.value)) : []) {
    const other = /^(?:links?|paging|pagination|pages?)$/.test(String(path.at(-2))) ? elsewhere : undefined;
    const name =
      path.find((step) => /^(?:prev|previous)$/.test(wordsOf(String(step))[0] ?? '')) ??
      path.slice(-1).find((step) => other?.test(String(step)));
    if (name === undefined) continue;
    yield violation(
      node,
      `"cursor_value" reads "${name}", by which APIs name ${elsewhere.test(String(name)) ? 'this page or the first' : 'the page before this one'}: was the next one meant?`,
    );
    return;
  }
}

/** Pages end when there is no further token, not when there is one: the condition itself is asked. */
function* whereThereIsToken(strategy: ComponentAt): Generator<CheckEvent> {
  const node = written(strategy, 'stop_condition');
  const value = textIn(strategy, 'cursor_value') ?? '';
  const [token, ...more] = readPaths(value).filter(isOfAnswer);
  // What is made of more than a field says nothing of what the field holds.
  if (
    node?.kind !== 'scalar' ||
    token === undefined ||
    more.length > 0 ||
    !/^\s*\{\{[^|+~]*\}\}\s*$/.test(value)
  )
    return;
  const text = String(node.value);
  const read = readPaths(text).filter(isOfAnswer);
  if (read.length === 0 || !read.every((each) => each.name === token.name && isAround(each.path, token.path)))
    return;
  const stops = (value: unknown) => tryTo(() => templates.boolean(text)(answer(token, value)));
  const withToken = ['https://api.test/next?page=2', 2].map(stops).filter((stop) => stop !== undefined);
  if (withToken.length === 0 || withToken.includes(false)) return;
  yield violation(
    node,
    `"stop_condition" is true where the answer has a further token, ${token.path.join('.')}, so pages end after the first one: was its opposite meant?`,
  );
}

/** The number of the page that an answer is, and how many there are, by their names. */
const currentWords = /^(?:(?:current|this|page) ?(?:page|number|no|num|index)?|page)$/;
const totalWords =
  /^(?:(?:total|last|max|count|num|number of|page) ?(?:of )?(?:pages?|count|number|total)|pages)$/;

/** Pages end with the last one: of three pages neither the first nor the second is that. */
function* beforeLastPage(strategy: ComponentAt): Generator<CheckEvent> {
  const node = written(strategy, 'stop_condition');
  if (node?.kind !== 'scalar') return;
  const text = String(node.value);
  const read = readPaths(text).filter(isOfAnswer);
  const named = (words: RegExp, not?: ReadPath) =>
    read.find((each) => each !== not && words.test(wordsOf(String(each.path.at(-1))).join(' ')));
  const total = named(totalWords);
  const current = named(currentWords, total);
  if (read.length !== 2 || total === undefined || current === undefined || total.name !== current.name)
    return;
  const stopsAt = (page: number) =>
    tryTo(() =>
      templates.boolean(text)({
        response: {},
        headers: {},
        [total.name]: put(put({}, current.path, page), total.path, 3),
      }),
    );
  // Pages are counted from 0 or from 1.
  const [early, last] = [[0, 1].map(stopsAt), [2, 3].map(stopsAt)];
  if (early.includes(undefined) || last.includes(undefined)) return;
  if (early.includes(true) && !early.includes(false))
    yield violation(
      node,
      `"stop_condition" is true for the first of three pages ("${current.path.join('.')}" is 1, "${total.path.join('.')}" is 3): was its opposite meant?`,
    );
  else if (!last.includes(true))
    yield violation(
      node,
      `"stop_condition" is false for the last of three pages ("${current.path.join('.')}" and "${total.path.join('.')}" are 3): was its opposite meant?`,
    );
}

/** A condition that is made of the size of a page alone holds at least for an empty one. */
function* afterEmptyPage(strategy: ComponentAt): Generator<CheckEvent> {
  const node = written(strategy, 'stop_condition');
  if (node?.kind !== 'scalar') return;
  const text = String(node.value);
  const read = readPaths(text);
  if (read.length === 0 || read.some(({ name }) => name !== 'last_page_size')) return;
  const stops = tryTo(() => templates.boolean(text)({ response: {}, headers: {}, last_page_size: 0 }));
  if (stops === false)
    yield violation(
      node,
      '"stop_condition" is false for an empty page, and nothing but the size of a page makes it true: where the API always has a token, pages never end.',
    );
}

/** The token that there has to be is the one that is sent. */
function* otherToken(strategy: ComponentAt): Generator<CheckEvent> {
  const [stop, value] = ['stop_condition', 'cursor_value'].map((field) => written(strategy, field));
  const [tested, ...more] = stop?.kind === 'scalar' ? readPaths(String(stop.value)) : [];
  const [sent, ...others] = value?.kind === 'scalar' ? readPaths(String(value.value)) : [];
  if (tested === undefined || sent === undefined || more.length + others.length > 0) return;
  if (!isOfAnswer(tested) || !isOfAnswer(sent) || tested.name !== sent.name) return;
  const words = wordsOf(String(tested.path.at(-1)));
  // `nextPageToken` ends in what it is, and `next_page` may be a number or a flag.
  const isToken =
    words.some((word) => /^(?:cursor|token|url|uri|link|href|next|after|marker|continuation)$/.test(word)) &&
    !words
      .slice(0, /^(?:cursor|token)$/.test(words.at(-1) ?? '') ? 1 : undefined)
      .some((word) => /^(?:ha[sv]e?|is|more|exists?|available|pages?|count|total)$/.test(word));
  if (!isToken || isAround(tested.path, sent.path) || isAround(sent.path, tested.path)) return;
  if (tested.path.at(-1) === sent.path.at(-1)) return;
  // Of these it is told that they do not lead forwards.
  if (elsewhere.test(String(sent.path.at(-1)))) return;
  // A token that is sent under its own name is the right one.
  const option = textIn(childIn(strategy.parent, 'page_token_option'), 'field_name') ?? '';
  const isRight = plainName(option) === plainName(String(sent.path.at(-1)));
  const [odd, other] = isRight ? [stop, value] : [value, stop];
  yield violation(
    odd,
    `"cursor_value" sends "${sent.path.join('.')}", and "stop_condition" asks whether there is "${tested.path.join('.')}": was ${isRight ? 'the former' : 'that'} meant?`,
    { also: other === undefined ? [] : [other.place] },
  );
}

/** `response.data.users.pageInfo.endCursor` beside `response.users.pageInfo.hasNextPage`: of one object, at two places. */
function* otherPlace(strategy: ComponentAt): Generator<CheckEvent> {
  const reads = ['stop_condition', 'cursor_value'].flatMap((field) => {
    const node = written(strategy, field);
    return node?.kind === 'scalar'
      ? readPaths(String(node.value))
          .filter(isOfAnswer)
          .map(({ path }) => ({ node, path, around: path.slice(0, -1).map(String) }))
      : [];
  });
  for (const short of reads)
    for (const long of reads) {
      const more = long.around.length - short.around.length;
      const isSame = short.around.length > 0 && more > 0;
      if (!isSame || !short.around.every((step, index) => step === long.around[index + more])) continue;
      yield violation(
        short.node,
        `"${short.path.join('.')}" and "${long.path.join('.')}" are both read of the answer, as if it had "${short.around.join('.')}" at two places: is one of them written wrongly?`,
        { also: [long.node.place] },
      );
      return;
    }
}

/** The object with a value at a path. */
function put(into: JsonObject, path: readonly (string | number)[], value: unknown): JsonObject {
  const [first, ...rest] = path;
  if (first === undefined) return into;
  const inner = into[String(first)];
  return {
    ...into,
    [String(first)]: rest.length === 0 ? value : put(isObject(inner) ? inner : {}, rest, value),
  };
}

const templates = createTemplates({ clock: virtualClock(0), random: () => 0.5 });

function isOfAnswer({ name, path }: ReadPath): boolean {
  return (name === 'response' || name === 'headers') && path.length > 0;
}

/** One path leads into the other, or both are the same. */
function isAround(a: ReadPath['path'], b: ReadPath['path']): boolean {
  return a.slice(0, b.length).every((step, index) => step === b[index]);
}

/** An answer that has a token at its path. */
function answer({ name, path }: ReadPath, token: unknown): JsonObject {
  const value = path.reduceRight<unknown>((inner, step) => ({ [String(step)]: inner }), token);
  return { response: {}, headers: {}, [name]: value };
}
