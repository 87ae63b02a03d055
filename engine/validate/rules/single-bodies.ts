import type { Diagnostic } from '../../error/diagnostic.ts';
import type { ManifestNode } from '../../manifest/node.ts';
import { errorAt, warningAt } from '../../manifest/node-diagnostic.ts';
import { namedBy, optionsOf } from '../request-options.ts';
import { type ComponentAt, childIn, written } from '../visit.ts';

/** A request has one body: JSON, or a form or text. */
export function* singleBodies(requester: ComponentAt): Iterable<Diagnostic> {
  if (requester.family !== 'Requester' || requester.isHook) return;
  const body = childIn(requester, 'request_body');
  const others: readonly (readonly [field: string, node: ManifestNode | undefined])[] = [
    ['request_body_json', filled(written(requester, 'request_body_json'))],
    ['request_body_data', filled(written(requester, 'request_body_data'))],
  ];
  const [json, data] = others.map(([, node]) => node);
  yield* optionsInBodies(requester, others);
  if (json !== undefined && data !== undefined)
    yield* both('request_body_json', json, 'request_body_data', data);
  if (body?.component === undefined || body.isHook) return;
  for (const [field, node] of others) {
    const writesOther = (field === 'request_body_json') !== (body.traits.writesJson === true);
    if (node !== undefined && writesOther) yield* both('request_body', body.node, field, node);
  }
}

/** What the options of a retriever put into a body goes into the one that its requester writes. */
function* optionsInBodies(
  requester: ComponentAt,
  bodies: readonly (readonly [field: string, node: ManifestNode | undefined])[],
): Iterable<Diagnostic> {
  const { parent, field } = requester;
  if (parent?.traits.readsPages !== true || field !== 'requester') return;
  const [json, data] = bodies;
  for (const option of optionsOf(parent)) {
    const named = namedBy(option);
    const [name, node] =
      (named?.place === 'body_json' ? data : named?.place === 'body_data' ? json : undefined) ?? [];
    if (named === undefined || node === undefined) continue;
    const message = `This goes into "${named.place}" and the requester has a "${name}": a request has one body, JSON, or a form or text.`;
    const at = node.kind === 'mapping' ? errorAt : warningAt;
    yield { ...at(named.node, message), places: [named.node.place, node.place] };
  }
}

/** A template may come to nothing, and then there is one body after all. */
function* both(one: string, first: ManifestNode, other: string, second: ManifestNode): Iterable<Diagnostic> {
  const message = `"${one}" and "${other}" cannot be in one request: its body is JSON, or a form or text.`;
  const at = [first, second].every(({ kind }) => kind === 'mapping') ? errorAt : warningAt;
  yield { ...at(second, message), places: [second.place, first.place] };
}

function filled(node: ManifestNode | undefined): ManifestNode | undefined {
  if (node?.kind === 'mapping') return node.entries.size === 0 ? undefined : node;
  return node?.kind === 'scalar' && node.value === '' ? undefined : node;
}
