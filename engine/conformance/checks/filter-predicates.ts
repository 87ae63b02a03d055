import type { ManifestNode } from '../../manifest/node.ts';
import { createTemplates } from '../../template/template.ts';
import { virtualClock } from '../../time/virtual-clock.ts';
import { tryTo } from '../../util/flow/try-to.ts';
import { ancestorOf, type ComponentAt, textIn, visit, written } from '../../validate/visit.ts';
import { type CheckEvent, defineCheck } from '../check.ts';
import { looked, violation } from '../events.ts';
import { once } from '../once.ts';
import { answersOf, goodAnswers, type ReadAnswer, readAnswer, tellsFailure } from '../told-answers.ts';
import { wordsOf } from '../words.ts';

export const filterPredicates = defineCheck({
  id: 'filter-predicates',
  group: 'errors',
  level: 'static',
  severity: 'warning',
  doc: 'the `predicate` of a response filter is not true of good answers that are no failures, nor of every failure but the one that it names, and is about the status that the filter and its message are about',
  *run({ source }) {
    const isNew = once();
    for (const filter of visit(source)) {
      const node = written(filter, 'predicate');
      if (filter.family !== 'ResponseFilter' || filter.isHook || node?.kind !== 'scalar' || !isNew(node))
        continue;
      const stream = textIn(ancestorOf(filter, 'Stream'), 'name');
      yield looked(stream);
      yield* turned(filter, node, String(node.value), stream);
    }
  },
});

function* turned(
  filter: ComponentAt,
  node: ManifestNode,
  text: string,
  stream: string | undefined,
): Generator<CheckEvent> {
  const action = textIn(filter, 'action');
  const read = readAnswer(text);
  if (action === undefined || read === undefined) return;
  const good = goodAnswers(read);
  const isTrueOf = (answers: ReturnType<typeof goodAnswers>) =>
    answers.flatMap((answer) => tryTo(() => templates.boolean(text)({ ...answer, config: null })) ?? []);
  const ofGood = isTrueOf(good);
  // To take good answers for good ones changes nothing.
  if (action !== 'SUCCESS' && ofGood.length > 0 && !ofGood.includes(false)) {
    const [{ response, headers } = { response: {}, headers: {} }] = good;
    const shown = JSON.stringify(Object.keys(headers).length > 0 ? { headers, response } : response);
    yield violation(
      node,
      `"predicate" is true of good answers, such as ${shown}, and takes them for ${action}: was its opposite meant?`,
      { stream },
    );
    return;
  }
  const code = action === 'SUCCESS' ? undefined : codeOfSuccess(read);
  if (code !== undefined && isTrueOf(answersOf(read, code)).includes(true)) {
    yield violation(
      node,
      `"predicate" is true of an answer that says ${JSON.stringify(code)}, by which APIs tell that all is well, and takes it for ${action}: was its opposite meant?`,
      { stream },
    );
    return;
  }
  yield* allButOne(read, action, isTrueOf, node, stream);
  yield* otherStatus(filter, read, node, text, stream);
}

/** The only thing that a code is compared with, where it is the one of success: 0 or 200, "ok", "success". */
function codeOfSuccess({ paths, constants }: ReadAnswer): unknown {
  const [path, ...more] = paths;
  const [constant, ...others] = constants;
  if (path?.name !== 'response' || more.length > 0 || others.length > 0) return undefined;
  const last = wordsOf(String(path.path.at(-1) ?? '')).at(-1) ?? '';
  const isNumber = /^(?:0|200)$/.test(String(constant)) && /^(?:code|errcode|errno|retcode)$/.test(last);
  const isWord = /^(?:ok|success)$/i.test(String(constant)) && /^(?:code|status|result|state)$/.test(last);
  return isNumber || isWord ? constant : undefined;
}

/** What is waited for, in the words of APIs. */
const passing = /429|503|limit|throttl|too many|try again|timeout|timed out|busy|quota/i;

/** Answers of APIs that have nothing to do with each other. */
const failures = [400, 401, 403, 404, 429, 500, 503, 'Internal server error', 'Unauthorized', 'Bad request'];

/** Nobody names one failure to do with all others what is done with that one. */
function* allButOne(
  read: ReadAnswer,
  action: string,
  isTrueOf: (answers: ReturnType<typeof goodAnswers>) => readonly boolean[],
  node: ManifestNode,
  stream: string | undefined,
): Generator<CheckEvent> {
  const named = read.constants.filter(tellsFailure);
  const isAgain = action === 'RETRY' || action === 'RATE_LIMITED';
  const isMeant = named.some((value) =>
    isAgain ? passing.test(String(value).replaceAll('_', ' ')) : !/^[a-z_]*$/i.test(String(value)),
  );
  // A failure that is told is told as one anyway, and words such as "error" are no single one.
  if (action === 'FAIL' || !isMeant || read.isOrdered) return;
  const others = failures.filter((value) => !named.some((each) => String(each) === String(value)));
  const ofNamed = named.flatMap((value) => isTrueOf(answersOf(read, value)));
  const ofOthers = others.flatMap((value) => isTrueOf(answersOf(read, value)));
  if (ofNamed.includes(true) || ofNamed.length === 0 || ofOthers.length === 0 || ofOthers.includes(false))
    return;
  yield violation(
    node,
    `"predicate" is true of every failure but ${named.join(', ')}, which it names, and takes them for ${action}: was its opposite meant?`,
    { stream },
  );
}

/** The status that predicate and message are about, or the list and the message, is the one of the third too. */
function* otherStatus(
  filter: ComponentAt,
  read: ReadAnswer,
  node: ManifestNode,
  text: string,
  stream: string | undefined,
): Generator<CheckEvent> {
  const list = written(filter, 'http_codes');
  const codes = [...((filter.fields.http_codes as Iterable<unknown> | undefined) ?? [])].map(Number);
  const message = textIn(filter, 'error_message') ?? '';
  const said = [...message.matchAll(/(?<![\d.])[45]\d\d(?![\d.])/g)].map(([code]) => Number(code));
  const asked = read.constants.map(Number).filter((code) => code >= 400 && code < 600);
  const [status] = said;
  if (list === undefined || codes.length !== 1 || said.length !== 1 || asked.length !== 1) return;
  if (read.isOrdered || text.includes(' or ') || status === undefined) return;
  const parties = [
    { at: list, code: codes[0] },
    { at: node, code: asked[0] },
    { at: written(filter, 'error_message'), code: status },
  ];
  for (const odd of parties) {
    const [one, other] = parties.filter((each) => each !== odd);
    if (one === undefined || one.code !== other?.code || one.code === odd.code) continue;
    yield violation(
      odd.at,
      `This is about status ${odd.code}, and the rest of the filter about ${one.code}.`,
      { stream, also: one.at === undefined ? [] : [one.at.place] },
    );
  }
}

const templates = createTemplates({ clock: virtualClock(0), random: () => 0.5 });
