import { ancestorOf, type ComponentAt, childIn, textIn, visit, written } from '../../validate/visit.ts';
import { type CheckEvent, defineCheck } from '../check.ts';
import { looked, violation } from '../events.ts';
import { once } from '../once.ts';

export const partitionOptions = defineCheck({
  id: 'partition-options',
  group: 'requests',
  level: 'static',
  severity: 'warning',
  doc: 'which partition or window is asked for is sent where APIs look for it: in a parameter, or in the body of a request that has one, not in a header of which its name says nothing',
  *run({ source }) {
    const isNew = once();
    for (const at of visit(source)) {
      const isPart = at.family === 'RequestOption' && within.has(at.field ?? '');
      if (!isPart || !isNew(at.node)) continue;
      yield looked();
      yield* elsewhere(at);
    }
  },
});

const within: ReadonlySet<string> = new Set(['request_option', 'start_time_option', 'end_time_option']);

function* elsewhere(option: ComponentAt): Generator<CheckEvent> {
  const where = textIn(option, 'inject_into') ?? '';
  const name = textIn(option, 'field_name') ?? '';
  const retriever = childIn(ancestorOf(option, 'Stream'), 'retriever');
  const method = (textIn(childIn(retriever, 'requester'), 'http_method') ?? 'GET').toUpperCase();
  // Names of headers are written so: "X-Account-Id", "Account-ID".
  const isHeader = where === 'header' && !name.includes('-');
  const isBody = where.startsWith('body_') && method === 'GET';
  if (!isHeader && !isBody) return;
  const stream = textIn(ancestorOf(option, 'Stream'), 'name');
  yield violation(
    written(option, 'inject_into'),
    `"${name}" of stream "${stream}" is sent in ${isHeader ? 'a header' : 'the body of a GET request'}, where hardly any API looks for it: every request then asks for the same.`,
    { ...(stream !== undefined && { stream }) },
  );
}
