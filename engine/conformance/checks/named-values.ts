import type { ReadPath } from '../../simulator/read-paths.ts';
import { singular } from '../../util/text/singular.ts';
import { ancestorOf, type ComponentAt, childIn, textIn, visit, written } from '../../validate/visit.ts';
import { type CheckEvent, defineCheck } from '../check.ts';
import { configNames } from '../config-names.ts';
import { looked, violation } from '../events.ts';
import { labelledValues } from '../labelled-values.ts';
import { once } from '../once.ts';
import { takenTwice } from '../taken-twice.ts';
import { templatesIn } from '../text-templates.ts';
import { plainName, wordsOf } from '../words.ts';
import { isOtherCredential } from './credentials-sent.ts';

export const namedValues = defineCheck({
  id: 'named-values',
  group: 'requests',
  level: 'static',
  severity: 'warning',
  doc: 'what is written under the name of a property of the config, or of a partition, is that one and not another, two of them do not stand in each other’s place in a path, and no id in an object of a template has the value of another',
  *run(subject) {
    const { source } = subject;
    const ofConfig = configNames(subject.spec);
    for (const { label, reads, node, offset, at } of labelledValues(source)) {
      const [read, ...more] = reads;
      if (read === undefined || more.length > 0) continue;
      const name = String(read.path.at(read.name === 'config' ? -1 : 0) ?? '');
      const known = read.name === 'config' ? ofConfig : isPartition(read) ? partitionsOf(at) : [];
      if (!known.includes(name)) continue;
      yield looked();
      const meant =
        known.find((other) => other !== name && plainName(other) === plainName(label)) ??
        known.find((other) => other !== name && endsWithName(label, other) && !says(label, name));
      if (meant === undefined || plainName(label) === plainName(name) || isOtherCredential(label, name))
        continue;
      yield violation(
        node,
        `"${label}" is given "${name}", and there is "${meant}" ${read.name === 'config' ? 'in the config' : 'in the partition'}, too: are two of them swapped?`,
        { offset, stream: streamOf(at) },
      );
    }
    yield* takenTwice(source);
    const isNew = once();
    for (const at of visit(source)) if (at.family === 'Requester' && isNew(at.node)) yield* crossed(at);
  },
});

function isPartition({ name }: ReadPath): boolean {
  return name === 'stream_partition' || name === 'stream_slice';
}

/** The names of the values of the partitions of the stream around a component. */
function partitionsOf(at: ComponentAt): readonly string[] {
  const stream = at.family === 'Stream' ? at : ancestorOf(at, 'Stream');
  const router = (childIn(stream, 'retriever') ?? stream)?.children.filter(
    ({ field }) => field === 'partition_router',
  );
  return (router ?? []).flatMap(fieldsOfRouter);
}

/** Without those of the streams that are parents. */
function fieldsOfRouter(at: ComponentAt): readonly string[] {
  const own = ['partition_field', at.family === 'PartitionRouter' ? 'cursor_field' : 'partition_field'];
  const named = [...new Set(own)].flatMap((field) => textIn(at, field) ?? []);
  return [...named, ...at.children.filter(({ family }) => family !== 'Stream').flatMap(fieldsOfRouter)];
}

function streamOf(at: ComponentAt): string | undefined {
  return textIn(at.family === 'Stream' ? at : ancestorOf(at, 'Stream'), 'name');
}

/** `api-auth-accountid` ends with the name of the property "account_id". */
function endsWithName(label: string, name: string): boolean {
  return plainName(name).length >= longEnough && plainName(label).endsWith(plainName(name));
}

/** Shorter names, such as "key" and "token", end those of others. */
const longEnough = 8;

function says(label: string, name: string): boolean {
  return wordsOf(name).every((word) => plainName(label).includes(word));
}

/** `/orgs/{{ config.project_id }}/projects/{{ config.org_id }}`: each value stands after the noun of the other. */
function* crossed(at: ComponentAt): Generator<CheckEvent> {
  for (const field of ['path', 'url']) {
    const node = written(at, field);
    if (node?.kind !== 'scalar' || typeof node.value !== 'string') continue;
    const steps = templatesIn(node.value).flatMap(({ before, reads: [read, ...more], start }) => {
      const noun = /([A-Za-z][\w-]*)\/$/.exec(before)?.[1];
      if (noun === undefined || read === undefined || more.length > 0) return [];
      const name = String(read.path.at(read.name === 'config' ? -1 : 0) ?? '');
      return [{ nouns: wordsOf(noun).map(singular), words: wordsOf(name).map(singular), name, noun, start }];
    });
    for (const [index, a] of steps.entries())
      for (const b of steps.slice(index + 1)) {
        yield looked();
        const agree = (nouns: readonly string[], words: readonly string[]) =>
          nouns.some((noun) => words.includes(noun));
        const isCrossed = agree(a.nouns, b.words) && agree(b.nouns, a.words);
        if (!isCrossed || agree(a.nouns, a.words) || agree(b.nouns, b.words)) continue;
        yield violation(
          node,
          `"${a.name}" stands after "${a.noun}" in this path, and "${b.name}" after "${b.noun}": are the two swapped?`,
          { offset: a.start, stream: streamOf(at) },
        );
      }
  }
}
