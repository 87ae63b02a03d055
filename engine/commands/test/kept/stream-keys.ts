import type { Subject } from '../../../conformance/subject.ts';
import type { WrittenParts } from '../../../language-server/written-parts.ts';
import type { ManifestNode } from '../../../manifest/node.ts';
import { acrossStreams } from '../../../simulator/across-streams.ts';
import { remembered } from '../../../util/flow/remembered.ts';
import { toJsonText } from '../../../util/json/to-json-text.ts';
import { type ComponentAt, textIn, visit } from '../../../validate/visit.ts';
import { digestOf } from '../inputs.ts';

/**
 * What is found out about a stream depends on nothing but this, and files: by the names of streams, without those of which
 * that cannot be said. While the key of a stream is the same, so are the outcomes of its tests and of the checks that
 * ask one stream at a time.
 *
 * It has all that the stream and its relatives are made of, with what matters to the whole manifest, the config and the
 * moment. Relatives are parents, children and theirs in turn: they ask the same API, and what it has is made for the first that
 * asks.
 */
export function streamKeys(subject: Subject, parts: WrittenParts): ReadonlyMap<string, string> {
  const keys = new Map<string, string>();
  // Of a manifest with errors every connector looks for them again, all over it.
  if (subject.findings().some(({ severity }) => severity === 'error')) return keys;
  const { source, config, now, spec } = subject;
  const listed = source.children.filter(({ field }) => field === 'streams');
  const names = listed.map((at) => textIn(at, 'name') ?? '');
  const around = digestOf(
    toJsonText([acrossStreams(visit(source)), config, now, spec?.isBeside && spec.schema]),
  );
  for (const family of familiesOf(listed)) {
    const made = family.map((index) =>
      listed[index]?.family === 'Stream' ? parts.madeOf(`/streams/${index}`) : undefined,
    );
    const own = family.map((index) => names[index] ?? '');
    if (made.includes(undefined) || new Set(own).size < own.length) continue;
    for (const name of own) keys.set(name, digestOf(toJsonText([around, name, made])));
  }
  return keys;
}

/** The streams by their indexes, those together that have a stream of one name, or one requester, in them. */
function familiesOf(streams: readonly ComponentAt[]): Iterable<readonly number[]> {
  const heads = streams.map((_, index) => index);
  const headOf = (index: number): number => {
    const head = heads[index] ?? index;
    return head === index ? index : headOf(head);
  };
  const owners = new Map<string | ManifestNode, number>();
  for (const [index, stream] of streams.entries())
    for (const at of visit(stream)) {
      const mark =
        at.family === 'Stream' ? (textIn(at, 'name') ?? '') : at.family === 'Requester' ? at.node : undefined;
      if (mark === undefined) continue;
      const other = headOf(remembered(owners, mark, () => index));
      heads[headOf(index)] = other;
    }
  const families = new Map<number, number[]>();
  for (const index of streams.keys()) remembered(families, headOf(index), (): number[] => []).push(index);
  return families.values();
}
