import { type ManifestNode, type ScalarNode, toValue } from '../../manifest/node.ts';
import { walk } from '../../manifest/walk.ts';
import { grouped } from '../../util/flow/grouped.ts';
import { singular } from '../../util/text/singular.ts';
import { type ComponentAt, childIn, textIn, written } from '../../validate/visit.ts';
import { requesterOf } from '../asked-path.ts';
import { defineCheck } from '../check.ts';
import { looked, violation } from '../events.ts';
import { streamsIn } from '../streams-in.ts';
import { wordsOf } from '../words.ts';

export const sameRequests = defineCheck({
  id: 'same-requests',
  group: 'requests',
  level: 'static',
  severity: 'warning',
  doc: 'no two streams ask for the same and take the same of the answers',
  *run({ source }) {
    const streams = [...streamsIn(source)].filter((at) => requesterOf(at)?.isHook === false);
    for (const same of grouped(streams, questionOf).values()) {
      yield looked();
      const names = new Set(same.map((at) => textIn(at, 'name')));
      const [first, second, ...more] = [...names].flatMap(
        (name) => same.find((at) => textIn(at, 'name') === name) ?? [],
      );
      if (first === undefined || second === undefined || more.length > 0 || !takeTheSame(first, second))
        continue;
      const odd =
        saysItself(second) < saysItself(first) || saysItself(second) === saysItself(first) ? second : first;
      const other = odd === first ? second : first;
      yield violation(
        placeIn(odd, other, streams) ?? requesterOf(odd)?.node,
        `Stream "${textIn(odd, 'name')}" sends the same requests as stream "${textIn(other, 'name')}" and takes the same from the answers: is something of the one left over in the other?`,
        {
          stream: textIn(odd, 'name'),
          also: [requesterOf(other)?.node.place].filter((place) => place !== undefined),
        },
      );
    }
  },
});

/** All that decides what a stream asks for. */
function questionOf(at: ComponentAt): string {
  const retriever = childIn(at, 'retriever');
  const parts = [
    ...['url', 'url_base', 'path', 'http_method', 'request_parameters', 'request_headers'],
    ...['request_body', 'request_body_json', 'request_body_data', 'fetch_properties_from_endpoint'],
  ].map((field) => plainly(written(requesterOf(at), field)));
  const around = ['partition_router', 'decoder'].map((field) => plainly(written(retriever, field)));
  const question = JSON.stringify([...parts, ...around, plainly(written(at, 'incremental_sync'))]);
  // One text asks for as many things as there are parameters for it.
  const given = [requesterOf(at), retriever, at].map((each) => each && plainly(written(each, '$parameters')));
  return question.includes('parameters') ? question + JSON.stringify(given) : question;
}

/** As JSON would have it, with ints of any size as text. */
function plainly(node: ManifestNode | undefined): unknown {
  return node && toValue(node, ({ value }) => (typeof value === 'bigint' ? String(value) : value));
}

/** Two parts of an answer are two streams; the whole and a part of it, or one part twice, are not. */
function takeTheSame(a: ComponentAt, b: ComponentAt): boolean {
  const selector = (at: ComponentAt) => childIn(childIn(at, 'retriever'), 'record_selector');
  const path = (at: ComponentAt) => {
    const steps = plainly(written(childIn(selector(at), 'extractor'), 'field_path'));
    return Array.isArray(steps) ? steps.map(String) : [];
  };
  const [x, y] = [path(a), path(b)];
  const isPart = x.every((step, index) => index >= y.length || step === y[index]);
  const rest = (at: ComponentAt) =>
    JSON.stringify([
      plainly(written(selector(at), 'record_filter')),
      plainly(written(at, 'transformations')),
    ]);
  return isPart && rest(a) === rest(b);
}

function stems(name: string): readonly string[] {
  return wordsOf(name).map(singular);
}

/** How many words of its name the requests of a stream have. */
function saysItself(at: ComponentAt): number {
  const said = new Set([...scalarsOf(at).values()].flatMap(({ value }) => stems(String(value))));
  return stems(textIn(at, 'name') ?? '').filter((word) => said.has(word)).length;
}

/** What a requester says, by where it says it. */
function scalarsOf(at: ComponentAt): ReadonlyMap<string, ScalarNode> {
  const found = new Map<string, ScalarNode>();
  for (const field of [
    'path',
    'url',
    'request_parameters',
    'request_body_json',
    'request_body_data',
    'request_headers',
  ])
    for (const { node, name } of walk(written(requesterOf(at), field)))
      if (node.kind === 'scalar') found.set(`${field} ${name}`, node);
  return found;
}

/** Where a stream says the name of the other one, or else what differs among all streams of the same path. */
function placeIn(
  odd: ComponentAt,
  other: ComponentAt,
  streams: readonly ComponentAt[],
): ManifestNode | undefined {
  const [own, others] = [odd, other].map((at) => stems(textIn(at, 'name') ?? ''));
  const foreign = (others ?? []).filter((word) => own?.includes(word) === false);
  const said = [...scalarsOf(odd)];
  const named = said.find(([, { value }]) => stems(String(value)).some((word) => foreign.includes(word)));
  if (named !== undefined) return named[1];
  const path = (at: ComponentAt) => textIn(requesterOf(at), 'path') ?? textIn(requesterOf(at), 'url');
  const beside = streams.filter((at) => path(at) === path(odd)).map(scalarsOf);
  return said.find(([where, { value }]) =>
    beside.some((each) => each.has(where) && each.get(where)?.value !== value),
  )?.[1];
}
