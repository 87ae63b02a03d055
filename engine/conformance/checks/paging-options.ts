import { type ComponentAt, childIn, textIn, written } from '../../validate/visit.ts';
import { type CheckEvent, defineCheck } from '../check.ts';
import { looked, violation } from '../events.ts';
import { fieldIn, partsOf } from '../simulated/places.ts';
import type { StreamAt } from '../subject.ts';

export const pagingOptions = defineCheck({
  id: 'paging-options',
  group: 'pages',
  level: 'static',
  severity: 'warning',
  doc: 'how pages are counted fits the name under which they are asked for, the API can see the token where it is sent, and `stop_condition` reads something',
  async *run(subject) {
    for (const stream of await subject.streams()) {
      const { paginator, strategy } = partsOf(stream);
      if (paginator === undefined || strategy === undefined) continue;
      yield looked(stream.name);
      yield* counted(stream, paginator, strategy);
      yield* hidden(stream, paginator);
      yield* constant(stream, strategy);
    }
  },
});

/** By the customary names: a number of records to leave out, and the number of a page. */
const offsetName = /^\$?(?:offset|skip|from_?index|start(?:_?(?:index|at))?|starting_?index|first_?result)$/i;
const pageName = /^(?:page|page_?(?:number|num|no|index)|current_?page|p)$/i;

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

/** A condition that reads nothing is always the same. */
function* constant({ name }: StreamAt, strategy: ComponentAt): Generator<CheckEvent> {
  const node = written(strategy, 'stop_condition');
  if (node?.kind !== 'scalar') return;
  const text = String(node.value)
    .replace(/^\s*\{\{|\}\}\s*$/g, '')
    .trim();
  const value = /^(?:not\s+)*["']?(true|false|0|1|none)["']?$/i.exec(text)?.[1];
  if (value === undefined) return;
  yield violation(
    node,
    `"stop_condition" of stream "${name}" is the same for every answer, ${text}: pages end ${/^(?:true|1)$/i.test(value) === !/^not/.test(text) ? 'after the first one' : 'only where there is no further token'}.`,
    { stream: name },
  );
}
