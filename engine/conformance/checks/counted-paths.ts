import { readPaths } from '../../simulator/read-paths.ts';
import { nodesIn } from '../../template/syntax/each-node.ts';
import { templateBody } from '../../template/syntax/template-body.ts';
import { type ComponentAt, childIn, textIn, visit, written } from '../../validate/visit.ts';
import { defineCheck } from '../check.ts';
import { looked, violation } from '../events.ts';
import { once } from '../once.ts';
import { partsOf } from '../simulated/places.ts';

export const countedPaths = defineCheck({
  id: 'counted-paths',
  group: 'pages',
  level: 'static',
  severity: 'warning',
  doc: 'a stream that counts through paths ends where there is no next one: its error handler ignores 404, or its `stop_condition` knows the last one',
  async *run(subject) {
    const isNew = once();
    for (const stream of await subject.streams()) {
      const { paginator, strategy, errorHandler } = partsOf(stream);
      const option = childIn(paginator, 'page_token_option');
      const token = textIn(strategy, 'cursor_value') ?? '';
      const stop = textIn(strategy, 'stop_condition') ?? '';
      if (strategy === undefined || option?.traits.isPath !== true || !counts(token)) continue;
      if (!isNew(strategy.node)) continue;
      yield looked(stream.name);
      if (/[<>]|==/.test(stop) || readsOther(stop, token) || endsWell(errorHandler)) continue;
      yield violation(
        written(strategy, 'cursor_value'),
        `Stream "${stream.name}" counts from one path to the next, and only an answer that is no record ends it: where there is none, APIs answer 404, which fails the stream unless its error handler ignores it.`,
        { stream: stream.name, also: errorHandler === undefined ? [] : [errorHandler.node.place] },
      );
    }
  },
});

/** `response.num + 1` */
function counts(template: string): boolean {
  return nodesIn(templateBody(template)).some(
    (node) =>
      node.type === 'binary' &&
      node.operator === '+' &&
      node.right.type === 'constant' &&
      typeof node.right.value === 'number',
  );
}

/** Whether an answer says more of the end than that it has no number to count from. */
function readsOther(stop: string, token: string): boolean {
  const read = new Set(readPaths(token).map((each) => JSON.stringify(each)));
  return readPaths(stop).some((each) => !read.has(JSON.stringify(each)));
}

function endsWell(errorHandler: ComponentAt | undefined): boolean {
  if (errorHandler === undefined) return false;
  return visit(errorHandler).some(({ family, isHook, fields }) => {
    if (isHook) return true;
    if (family !== 'ResponseFilter' || fields.action === 'FAIL' || fields.action === 'RETRY') return false;
    const codes = [...((fields.http_codes as Iterable<unknown> | undefined) ?? [])].map(Number);
    return codes.length === 0 || codes.includes(404);
  });
}
