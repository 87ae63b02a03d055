import { fieldOf, type ManifestNode } from '../../manifest/node.ts';
import { textsBelow } from '../../manifest/walk.ts';
import { memberUses } from '../../template/member-uses.ts';
import { grouped } from '../../util/flow/grouped.ts';
import { textsOf } from '../../validate/texts.ts';
import { type ComponentAt, textIn, visit } from '../../validate/visit.ts';
import { addedFields } from '../added-fields.ts';
import { type CheckEvent, defineCheck } from '../check.ts';
import { looked, violation } from '../events.ts';
import { once } from '../once.ts';
import { schemaNode } from '../stream-schema.ts';
import { streamsIn } from '../streams-in.ts';
import { plainName } from '../words.ts';

export const nameForms = defineCheck({
  id: 'name-forms',
  group: 'requests',
  level: 'static',
  severity: 'warning',
  doc: 'a name of the answer is written in one case wherever it is read, with the separators that names of records have, and a field of a record as its schema has it',
  async *run({ source, readNode, manifest }) {
    const isNew = once();
    const reads = visit(source)
      .flatMap((at) => [...readsOf(at, 'response'), ...readsOf(at, 'headers')])
      .filter(({ node }) => isNew(node));
    yield* otherCase(reads);
    const told = new Set<ManifestNode>();
    yield* otherCaseThanUnused(reads, fieldOf(manifest.written ?? manifest.root, 'definitions'), told);
    const properties = new Set<string>();
    for (const stream of streamsIn(source)) {
      const name = textIn(stream, 'name') ?? '';
      const reads = [...visitOwn(stream)].flatMap((at) => [...readsOf(at, 'record')]);
      if (reads.length > 0) yield looked(name);
      const given = new Map([...addedFields(stream)].map(({ node, path }) => [node as ManifestNode, path]));
      const schema = await schemaNode(stream, name, readNode);
      const own = schema && fieldOf(schema, 'properties');
      const declared = own?.kind === 'mapping' ? [...own.entries.keys()] : [];
      for (const each of declared) properties.add(each);
      yield* ofSchema(
        reads.filter((read) => isNew(read.node) && !isRenamed(read, given.get(read.node))),
        declared,
        name,
      );
    }
    yield* glued(
      reads.filter(({ node }) => !told.has(node)),
      properties,
    );
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

/** What APIs say of pages in two words or more. */
const ofPages =
  /^(?:has|is)(?:more|next|last|nextpage|moreitems|moreresults|lastpage)$|^(?:next|last|end|total|current)(?:page|pages|cursor|token|pagetoken|link|url)$/;

/** Names of an answer as one word, where all names of records have an underscore, or a capital, between two. */
function* glued(reads: readonly Read[], properties: ReadonlySet<string>): Generator<CheckEvent> {
  const separated = [...properties].filter((name) => /[a-z\d](?:_[a-z]|[A-Z])/.test(name));
  const [example] = separated;
  if (example === undefined || separated.length < fewestSeparated) return;
  for (const { root, path, node, offset } of reads) {
    const name = path.at(-1) ?? '';
    if (root !== 'response' || !ofPages.test(name) || properties.has(name)) continue;
    yield violation(
      node,
      `"${name}" of the answer is read as one word, and names of records are such as "${example}": is a separator or a capital lost?`,
      { offset },
    );
  }
}

const fewestSeparated = 5;

/** What no stream uses is often what one was made from, and knows the names. */
function* otherCaseThanUnused(
  reads: readonly Read[],
  definitions: ManifestNode | undefined,
  told: Set<ManifestNode>,
): Generator<CheckEvent> {
  const known = new Map<string, { readonly forms: Set<string>; readonly node: ManifestNode }>();
  if (reads.length === 0) return;
  for (const node of textsBelow(definitions, ({ name }) => name === 'schema' || name === 'schemas')) {
    if (!/\bresponse\b/.test(node.value)) continue;
    for (const { name, member, deeper, how } of memberUses(node.value)) {
      if (name !== 'response' || how === 'call') continue;
      const path = [member, ...deeper];
      const key = path.map(plainName).join('.');
      const forms = known.get(key) ?? { forms: new Set(), node };
      known.set(key, forms);
      forms.forms.add(path.join('.'));
    }
  }
  for (const { root, path, node, offset } of reads) {
    const other = known.get(path.map(plainName).join('.'));
    if (root !== 'response' || other === undefined || other.forms.has(path.join('.'))) continue;
    told.add(node);
    yield violation(
      node,
      `"${path.join('.')}" of the answer is read here, and a definition that no stream uses reads "${[...other.forms][0]}": one of them is another name to an API.`,
      { offset, also: [other.node.place] },
    );
  }
}

/** A field that is given the value of one in another case: `source-id` of `record.sourceId`, and not `sourceId` of `record.sourceid`. */
function isRenamed({ path: [name = ''] }: Read, given: readonly string[] | undefined): boolean {
  const [target = '', ...deeper] = given ?? [];
  return deeper.length === 0 && plainName(target) === plainName(name) && /[A-Z_-]/.test(name);
}

/** `record.datecreated` of a schema with `dateCreated`. */
function* ofSchema(
  reads: readonly Read[],
  declared: readonly string[],
  stream: string,
): Generator<CheckEvent> {
  for (const { path, node, offset } of reads) {
    const [name = ''] = path;
    const meant = declared.find((each) => plainName(each) === plainName(name));
    if (meant === undefined || declared.includes(name)) continue;
    yield violation(
      node,
      `"${name}" of a record is read here, and the schema of stream "${stream}" has "${meant}": one of them is another name to an API.`,
      { stream, offset },
    );
  }
}
