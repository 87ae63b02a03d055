import { ancestorOf, type ComponentAt, textIn, visit, written } from '../../validate/visit.ts';
import { requesterOf } from '../asked-path.ts';
import { type CheckEvent, defineCheck } from '../check.ts';
import { textOf } from '../datetime-formats.ts';
import { looked, violation } from '../events.ts';
import { happeningOf } from '../moment-words.ts';
import { once } from '../once.ts';
import { bodyFields } from '../request-fields.ts';

export const optionPairs = defineCheck({
  id: 'option-pairs',
  group: 'requests',
  level: 'static',
  severity: 'warning',
  doc: 'the start and the end of a window are sent in one place and are those of one moment, and so are the number and the size of a page',
  *run({ source }) {
    const isNew = once();
    for (const at of visit(source)) {
      if (at.isHook || (at.family !== 'IncrementalSync' && at.family !== 'Paginator') || !isNew(at.node))
        continue;
      for (const [first, second] of pairs) yield* otherPlace(at, first, second);
      if (at.family === 'IncrementalSync') yield* otherMoment(at);
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
  const requester = requesterOf(stream);
  const hasBody = bodyFields.some((field) => written(requester, field) !== undefined);
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

/** `created_after` and `updated_before`. */
function* otherMoment(at: ComponentAt): Generator<CheckEvent> {
  const stream = ancestorOf(at, 'Stream');
  const name = textIn(stream, 'name');
  const options = pairs[0].flatMap((field) => {
    const node = written(at, field, 'field_name');
    const stem = node?.kind === 'scalar' ? happeningOf(String(node.value)) : undefined;
    return node === undefined || stem === undefined ? [] : [{ field, node, stem }];
  });
  if (options.length === 0) return;
  yield looked();
  const [start, end] = options;
  if (start !== undefined && end !== undefined && start.stem !== end.stem) {
    const cursor = happeningOf(textIn(at, 'cursor_field') ?? '');
    const odd = cursor !== undefined && start.stem !== cursor && end.stem === cursor ? start : end;
    yield violation(
      odd.node,
      `The start of a window of stream "${name}" is asked for as "${textOf(start.node)}" and its end as "${textOf(end.node)}": these are two moments, ${start.stem} and ${end.stem}.`,
      { stream: name, also: [(odd === start ? end : start).node.place] },
    );
  }
}
