import type { Decision } from '../../contract/decision.ts';
import type { Place } from '../../error/place.ts';
import { keyOf } from '../../simulator/answers.ts';
import { readsUnseen } from '../../simulator/texts-in.ts';
import { type ComponentAt, textIn, written } from '../../validate/visit.ts';
import { type CheckEvent, defineCheck } from '../check.ts';
import { looked, notRun, violation } from '../events.ts';
import { pagedApi, type SimulatedApi } from '../simulated/api.ts';
import { eachPager } from '../simulated/each-pager.ts';
import { fieldIn, partsOf } from '../simulated/places.ts';
import { identityOf, type Run, runStream } from '../simulated/run.ts';
import type { StreamAt } from '../subject.ts';

export const pageComplete = defineCheck({
  id: 'page-complete',
  group: 'pages',
  level: 'simulated',
  severity: 'error',
  doc: 'of two and a half pages of records every one comes out, once',
  run: (subject) =>
    eachPager(subject, async function* ({ stream }) {
      const api = pagedApi(subject, stream.name);
      const run = await runStream(subject, stream, api);
      yield looked(stream.name);
      yield* whatIsWrong(stream, run, api);
    }),
});

function* whatIsWrong(stream: StreamAt, run: Run, { simulator }: SimulatedApi): Generator<CheckEvent> {
  const { strategy, paginator } = partsOf(stream);
  const { name } = stream;
  const paging = simulator.pagingOf(name);
  if (paging === undefined) {
    yield notRun('it was never asked for a page', name);
    return;
  }
  const sizes = otherSize(strategy);
  if (paging.problem !== undefined && sizes !== undefined) {
    yield violation(
      fieldIn(strategy, 'stop_condition'),
      `Stream "${name}" ends with a page of less than ${sizes.expected} records, and asks for ${sizes.size} ("page_size"): the first page is the last one.`,
      { stream: name, also: [sizes.place] },
    );
    return;
  }
  if (paging.problem !== undefined) {
    if (readsUnseen(strategy?.node)) {
      yield notRun(
        'what its paginator reads is only known when it runs, so no second page could be made up',
        name,
      );
      return;
    }
    const by = { 'no token': 'cursor_value', condition: 'stop_condition' }[String(paging.stopsBy)];
    if (by !== undefined && written(strategy, by) !== undefined) {
      yield violation(
        fieldIn(strategy, by),
        `Stream "${name}" never reads a second page: on a page that has a next one, "${by}" ${by === 'cursor_value' ? 'gives nothing' : 'is true all the same'}.${groupHint(textIn(strategy, by))}`,
        { stream: name },
      );
      return;
    }
    yield violation(
      fieldIn(strategy, 'stop_condition', 'cursor_value', 'page_size'),
      `Stream "${name}" never reads a second page: ${paging.problem}. Does "stop_condition" mean the opposite, or does "cursor_value" look where no API would answer?`,
      { stream: name },
    );
    return;
  }
  const all = simulator.offered(name).length;
  const pages = run.asked.filter(({ about }) => about.stream === name);
  const second = pages.find(({ about }) => about.token !== undefined);
  const first = pages.find(({ about }) => about.token === undefined && about.slice === second?.about.slice);
  if (second !== undefined && first !== undefined && keyOf(first.request) === keyOf(second.request)) {
    yield violation(
      fieldIn(paginator, 'page_token_option'),
      `The second page of stream "${name}" is asked for just as the first one: the token is not in the request.`,
      { stream: name },
    );
    return;
  }
  const identity = identityOf(stream);
  const seen = run.records.length;
  const distinct = new Set(run.records.map(identity)).size;
  const dropped = run.decisions.filter(({ kind }) => kind === 'record.drop').length;
  if (seen + dropped >= all || !run.isComplete) {
    if (run.errors[0] !== undefined)
      yield violation(
        fieldIn(paginator, 'page_token_option'),
        `Stream "${name}" fails while it reads its pages: ${run.errors[0].message}`,
        { stream: name },
      );
    return;
  }
  const stop = run.decisions.find(
    (each): each is Decision & { kind: 'page.stop' } => each.kind === 'page.stop' && each.stream === name,
  );
  if (sizes !== undefined && stop !== undefined) {
    yield violation(
      fieldIn(strategy, 'stop_condition'),
      `Of ${all} records in several pages, stream "${name}" emits ${Math.min(seen, distinct)}: it ends with a page of less than ${sizes.expected} records, and asks for ${sizes.size} ("page_size").`,
      { stream: name, also: [sizes.place] },
    );
    return;
  }
  const reason = stop === undefined ? '' : ` It stopped after page ${stop.page}: ${stop.outcome.reason}.`;
  const at =
    stop?.outcome.reason === 'short page'
      ? fieldIn(strategy, 'page_size')
      : fieldIn(strategy, 'stop_condition', 'cursor_value', 'page_size');
  const size =
    stop?.outcome.reason === 'short page'
      ? ' The page size that the request asks for is another one than that of the paginator.'
      : '';
  yield violation(
    at,
    `Of ${all} records in several pages, stream "${name}" emits ${Math.min(seen, distinct)}.${reason}${size}`,
    { stream: name },
  );
}

/** An expression that would find something, were it asked for a group. */
function groupHint(text = ''): string {
  const found = [...text.matchAll(/regex_search\(\s*(['"])(.*?)\1/g)].some(
    ([, , regex = '']) => !/(?<!\\)\((?!\?)/.test(regex),
  );
  return found ? ' "regex_search" gives what the first group matches, and the expression has none.' : '';
}

/** A size that `stop_condition` expects of pages and that is more than `page_size`. */
function otherSize(
  strategy: ComponentAt | undefined,
): { readonly expected: number; readonly size: number; readonly place: Place } | undefined {
  const node = written(strategy, 'page_size');
  const size = node?.kind === 'scalar' ? Number(node.value) : Number.NaN;
  const counted = /(?:last_page_size|length|count)\W*<=?\s*(\d[\d_]*)/;
  const expected = Number(counted.exec(textIn(strategy, 'stop_condition') ?? '')?.[1]?.replaceAll('_', ''));
  return node !== undefined && expected > size ? { expected, size, place: node.place } : undefined;
}
