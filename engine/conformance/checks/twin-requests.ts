import { fieldOf, type ManifestNode } from '../../manifest/node.ts';
import { type ComponentAt, childIn, textIn, written } from '../../validate/visit.ts';
import { defineCheck } from '../check.ts';
import { looked, violation } from '../events.ts';
import { differences } from '../node-differences.ts';
import { streamsIn } from '../streams-in.ts';

export const twinRequests = defineCheck({
  id: 'twin-requests',
  group: 'requests',
  level: 'static',
  severity: 'warning',
  doc: 'no two streams ask for the same and take the same of the answer',
  *run({ source }) {
    const seen: ComponentAt[] = [];
    for (const at of streamsIn(source)) {
      const retriever = childIn(at, 'retriever');
      const name = textIn(at, 'name');
      if (retriever === undefined || retriever.isHook || name === undefined) continue;
      yield looked(name);
      const twin = seen.find((other) => textIn(other, 'name') !== name && isTwin(at, other));
      seen.push(at);
      if (twin === undefined) continue;
      yield violation(
        whereAsked(retriever),
        `Streams "${textIn(twin, 'name')}" and "${name}" ask for the same, word for word, and take the same of the answer: is one of them a copy that was not finished?`,
        { stream: name, also: [whereAsked(childIn(twin, 'retriever'))?.place ?? twin.node.place] },
      );
    }
  },
});

function isTwin(one: ComponentAt, other: ComponentAt): boolean {
  const [a, b] = [childIn(one, 'retriever'), childIn(other, 'retriever')];
  if (a === undefined || b === undefined) return false;
  for (const field of ['requester', 'partition_router', 'record_selector']) {
    const [x, y] = [written(a, field), written(b, field)];
    if (x === undefined || y === undefined ? x !== y : differences(x, y, 1, isFilled).length > 0)
      return false;
  }
  // A shared retriever is filled in by the parameters of each stream.
  const [p, q] = [fieldOf(one.node, '$parameters'), fieldOf(other.node, '$parameters')];
  if (p !== undefined || q !== undefined) return false;
  return true;
}

function isFilled(field: string): boolean {
  return field === '$parameters';
}

function whereAsked(retriever: ComponentAt | undefined): ManifestNode | undefined {
  const requester = childIn(retriever, 'requester');
  return (
    written(requester, 'request_body_json') ??
    written(requester, 'request_parameters') ??
    written(requester, 'path') ??
    written(requester, 'url') ??
    requester?.node
  );
}
