import { fieldOf, type ManifestNode } from '../../manifest/node.ts';
import { memberUses } from '../../template/member-uses.ts';
import { grouped } from '../../util/flow/grouped.ts';
import { singular } from '../../util/text/singular.ts';
import { textsOf } from '../../validate/texts.ts';
import { type ComponentAt, textIn, visit, written } from '../../validate/visit.ts';
import { type CheckEvent, defineCheck } from '../check.ts';
import { looked, violation } from '../events.ts';
import { once } from '../once.ts';
import { listOf } from '../schema-walk.ts';
import { schemaNode } from '../stream-schema.ts';
import { streamsIn } from '../streams-in.ts';
import { plainName } from '../words.ts';

export const nameForms = defineCheck({
  id: 'name-forms',
  group: 'requests',
  level: 'static',
  severity: 'warning',
  doc: 'a name of the answer is written in one case wherever it is read, and a field of a record is not read once as one and elsewhere as several',
  async *run({ source, readNode }) {
    const isNew = once();
    yield* otherCase(
      [...visit(source)]
        .flatMap((at) => [...readsOf(at, 'response'), ...readsOf(at, 'headers')])
        .filter(({ node }) => isNew(node)),
    );
    for (const stream of streamsIn(source)) {
      const uses = [...visitOwn(stream)].flatMap((at) => [...readsOf(at, 'record'), ...removedIn(at)]);
      const schema = await schemaNode(stream, textIn(stream, 'name') ?? '', readNode);
      const properties = schema && fieldOf(schema, 'properties');
      const declared = properties?.kind === 'mapping' ? [...properties.entries.keys()] : [];
      yield* otherNumber(uses, declared, textIn(stream, 'name') ?? '');
    }
  },
});

interface Read {
  readonly root: string;
  readonly path: readonly string[];
  readonly node: ManifestNode;
  readonly offset: number;
}

function* readsOf(at: ComponentAt, root: string): Generator<Read> {
  for (const { node, text } of textsOf(at))
    for (const { name, member, deeper, offset, how } of memberUses(text))
      if (name === root && how !== 'call') yield { root, path: [member, ...deeper], node, offset };
}

/** What transformations take away is a field of the records, too. */
function* removedIn(at: ComponentAt): Generator<Read> {
  for (const pointer of listOf(written(at, 'field_pointers'))) {
    const [first] = listOf(pointer);
    if (first?.kind === 'scalar')
      yield { root: 'record', path: [String(first.value)], node: first, offset: 0 };
  }
}

/** The components of a stream, without those of its parents. */
function* visitOwn(at: ComponentAt): Generator<ComponentAt> {
  yield at;
  for (const child of at.children) if (child.family !== 'Stream') yield* visitOwn(child);
}

/** `response.nextPage` and `response.nextpage`. */
function* otherCase(reads: readonly Read[]): Generator<CheckEvent> {
  if (reads.length > 0) yield looked();
  // Names of headers have no case.
  const ofAnswers = reads.filter(({ root }) => root === 'response');
  for (const uses of grouped(ofAnswers, ({ path }) => path.map(plainName).join('.')).values()) {
    const forms = [...grouped(uses, ({ path }) => path.join('.')).values()].toSorted(
      (a, b) => a.length - b.length,
    );
    const [[odd] = [], [other] = []] = forms;
    if (forms.length < 2 || odd === undefined || other === undefined) continue;
    yield violation(
      odd.node,
      `"${odd.path.join('.')}" of the answer is read here, and elsewhere "${other.path.join('.')}": one of them is another name to an API.`,
      { offset: odd.offset, also: [other.node.place] },
    );
  }
}

function* otherNumber(
  reads: readonly Read[],
  declared: readonly string[],
  stream: string,
): Generator<CheckEvent> {
  if (reads.length > 0) yield looked(stream);
  for (const uses of grouped(reads, ({ path: [first = ''] }) => singular(plainName(first))).values()) {
    const [[odd, ...more] = [], others = []] = [
      ...grouped(uses, ({ path: [first = ''] }) => first).values(),
    ].toSorted((a, b) => a.length - b.length);
    const [other] = others;
    const [name = ''] = odd?.path ?? [];
    if (
      odd === undefined ||
      other === undefined ||
      more.length > 0 ||
      others.length < 2 ||
      declared.includes(name)
    )
      continue;
    yield violation(
      odd.node,
      `"${name}" of a record of stream "${stream}" is read here alone, and ${others.length} times "${other.path[0]}": was that meant?`,
      { stream, offset: odd.offset, also: [other.node.place] },
    );
  }
}
