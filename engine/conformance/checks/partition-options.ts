import type { ManifestNode } from '../../manifest/node.ts';
import { ancestorOf, type ComponentAt, childIn, textIn, visit, written } from '../../validate/visit.ts';
import { type CheckEvent, defineCheck } from '../check.ts';
import { looked, violation } from '../events.ts';
import { once } from '../once.ts';

export const partitionOptions = defineCheck({
  id: 'partition-options',
  group: 'requests',
  level: 'static',
  severity: 'warning',
  doc: 'which partition or window is asked for is sent where APIs look for it: in a parameter, or in the body of a request that has one, not in a header of which its name says nothing; and no two partitions that are read together have one name',
  *run({ source }) {
    const isNew = once();
    for (const at of visit(source)) {
      if (at.family === 'Retriever' && isNew(at.node)) yield* shadowed(at);
      const isPart = at.family === 'RequestOption' && within.has(at.field ?? '');
      if (!isPart || !isNew(at.node)) continue;
      yield looked();
      yield* elsewhere(at);
    }
  },
});

/** Of every combination of two lists one value has the name, and the other is asked for by nobody. */
function* shadowed(retriever: ComponentAt): Generator<CheckEvent> {
  const routers = retriever.children.filter(({ field }) => field === 'partition_router');
  if (routers.length < 2) return;
  const stream = textIn(ancestorOf(retriever, 'Stream'), 'name');
  yield looked(stream);
  const known = new Map<string, ManifestNode>();
  for (const router of routers) {
    const fields = [router, ...router.children].flatMap((at) => {
      const field = at.family === 'ParentStreamConfig' ? 'partition_field' : 'cursor_field';
      const node = at.isHook ? undefined : written(at, field);
      return node?.kind === 'scalar' ? [node] : [];
    });
    for (const node of fields) {
      const name = String(node.value);
      const other = known.get(name);
      if (other === undefined) continue;
      yield violation(
        node,
        `Two partitions of stream "${stream}" are called "${name}", and it is read for each combination of both: only one of them can be asked for by that name, and again for each of the other.`,
        { ...(stream !== undefined && { stream }), also: [other.place] },
      );
    }
    for (const node of fields) if (!known.has(String(node.value))) known.set(String(node.value), node);
  }
}

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
