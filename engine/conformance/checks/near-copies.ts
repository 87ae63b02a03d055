import type { Family } from '../../contract/families.ts';
import type { ManifestNode } from '../../manifest/node.ts';
import { readPaths } from '../../simulator/read-paths.ts';
import { grouped } from '../../util/flow/grouped.ts';
import { ancestorOf, type ComponentAt, childIn, textIn, visit } from '../../validate/visit.ts';
import { askedPath } from '../asked-path.ts';
import { type CheckEvent, defineCheck } from '../check.ts';
import { looked, violation } from '../events.ts';
import { type Difference, differences, likenessOf } from '../node-differences.ts';
import { textsOf } from '../schema-walk.ts';
import { wordsOf } from '../words.ts';

export const nearCopies = defineCheck({
  id: 'near-copies',
  group: 'requests',
  level: 'static',
  severity: 'warning',
  comparesStreams: true,
  doc: 'what several streams write alike to the letter, such as a paginator, no single one writes with one other value, unless it is a value that each stream has for itself',
  *run({ source }) {
    const all = visit(source).filter(({ isHook }) => !isHook);
    const told = new Set<ManifestNode>();
    for (const family of families) {
      const uses = all.filter((at) => at.family === family && at.parent?.family !== family);
      if (uses.length > 0) yield looked();
      yield* oddOnes(uses, told);
    }
  },
});

/** Small ones first: what is odd in a part is told of the part. */
const families: readonly Family[] = [
  ...(['Authenticator', 'ErrorHandler', 'RecordFilter', 'ParentStreamConfig', 'PartitionRouter'] as const),
  ...(['Transformation', 'Paginator', 'IncrementalSync', 'Requester', 'Retriever'] as const),
];

/** Fields that are another stream's, or texts for people. */
const otherMatters = new Set(['$parameters', 'stream', 'path', 'url', 'error_message']);

/** Fields whose values are a stream's own by their nature. */
const itsOwn = new Set([
  ...['cursor_field', 'page_size', 'partition_field', 'values', 'lookback_window', 'step'],
  ...['inject_on_first_request', 'http_method', 'max_retries'],
]);

function* oddOnes(uses: readonly ComponentAt[], told: Set<ManifestNode>): Generator<CheckEvent> {
  const groups = alike(uses);
  const found = groups.flatMap((group) => nearestTo(group, groups) ?? []);
  for (const { odd, others, difference } of found) {
    const { one, other, path } = difference;
    const isAlone =
      found.filter((each) => each.others === others && each.difference.path.join() === path.join()).length ===
      1;
    const node = one ?? odd.node;
    // What several streams have each in its own way is a stream's own.
    if (!isAlone || !isSlip(difference, odd, streamsOf(others).size) || told.has(node)) continue;
    told.add(node);
    const stream = textIn(ancestorOf(odd, 'Stream'), 'name') ?? '';
    yield violation(
      node,
      `"${odd.field ?? odd.family}" of ${stream === '' ? 'the streams that are made here' : `stream "${stream}"`} is that of ${streamsOf(others).size} other streams but for "${path.join('.')}", which is ${shown(one)} here and ${shown(other)} there: is it meant?`,
      { stream, also: other === undefined ? [] : [other.place] },
    );
  }
}

interface Near {
  readonly odd: ComponentAt;
  readonly others: readonly ComponentAt[];
  readonly difference: Difference;
}

/** The largest group that a single one is like, but for one thing. */
function nearestTo(
  group: readonly ComponentAt[],
  groups: readonly (readonly ComponentAt[])[],
): Near | undefined {
  const [odd] = group;
  if (odd === undefined || streamsOf(group).size > 1) return undefined;
  const near = groups.flatMap((others): readonly Near[] => {
    const [other] = others;
    if (other === undefined || others === group || streamsOf(others).size < fewestOthers) return [];
    const [difference, second, ...more] = differences(odd.node, other.node, 3, isOther);
    const isOne = second === undefined || (more.length === 0 && isSwap(difference, second));
    return difference === undefined || !isOne ? [] : [{ odd, others, difference }];
  });
  return near.toSorted((a, b) => b.others.length - a.others.length)[0];
}

/** As many streams have to write it alike. */
const fewestOthers = 2;

/** Each that is written alike has no difference to the others of its group. */
function alike(uses: readonly ComponentAt[]): readonly (readonly ComponentAt[])[] {
  return [...grouped(uses, ({ node }) => likenessOf(node, isOther)).values()];
}

function isOther(name: string): boolean {
  return otherMatters.has(name);
}

function isSlip({ path, one, other }: Difference, odd: ComponentAt, others: number): boolean {
  const { family } = odd;
  const [field] = path;
  if (path.some((step) => itsOwn.has(String(step))) || other === undefined) return false;
  // What a component is given by the `$parameters` around it, nobody has written for it.
  if ([one, other].some((node) => node?.place.pointer.includes('/$parameters/') === true)) return false;
  // An endpoint may have a status of its own besides those of all.
  if (path.at(-1) === 'http_codes' && one !== undefined && hasAll(one, other)) return false;
  // All in it is a matter of its parts, but whether there are pages.
  if (family === 'Retriever')
    return field === 'paginator' && one === undefined && others >= fewestWithPages && looksLikeList(odd);
  // What is asked for differs from stream to stream; where a value of the config belongs does not.
  if (inRequests.has(String(field)))
    return path.length > 1 && reads(other).length > 0 && (one === undefined || !isSame(one, other));
  if (one === undefined) return field !== 'request_headers' || !isOfFormat(path, other);
  if (family === 'Transformation' && roots(one) !== roots(other)) return false;
  // Conditions about different things are no copies of each other.
  if (family === 'RecordFilter' && !reads(one).some((read) => reads(other).includes(read))) return false;
  if (one.kind === 'sequence' && other.kind === 'sequence')
    return one.items.every(({ kind }) => kind === 'scalar') || lacksOne(one.items, other.items);
  return one.kind === 'scalar' && other.kind === 'scalar' && !isSame(one, other);
}

function hasAll(one: ManifestNode, other: ManifestNode): boolean {
  const texts = textsOf(one);
  return textsOf(other).every((text) => texts.includes(text));
}

/** A list of components, such as handlers of errors, without one of them. */
function lacksOne(items: readonly ManifestNode[], others: readonly ManifestNode[]): boolean {
  if (items.length === 0 || others.length !== items.length + 1) return false;
  const at = items.findIndex((item, index) => !isAlike(item, others[index]));
  const lost = at === -1 ? items.length : at;
  return others.toSpliced(lost, 1).every((other, index) => isAlike(items[index], other));
}

function isAlike(one: ManifestNode | undefined, other: ManifestNode | undefined): boolean {
  return one !== undefined && other !== undefined && differences(one, other, 1, isOther).length === 0;
}

/** Two values in each other's place are one slip. */
function isSwap(first: Difference | undefined, second: Difference): boolean {
  const [a, b, c, d] = [first?.one, first?.other, second.one, second.other].map((node) =>
    node?.kind === 'scalar' ? String(node.value) : undefined,
  );
  return a !== undefined && b !== undefined && a === d && b === c;
}

const fewestWithPages = 4;

/** An API gives what it names in the singular as a whole: `/account`, beside the pages of `/orders`. */
function looksLikeList(retriever: ComponentAt): boolean {
  const requester = childIn(retriever, 'requester');
  const path = askedPath(requester).replace(/[?#].*$/, '');
  const last = path.replace(/\/+$/, '').split('/').at(-1) ?? '';
  if (last.includes('{{')) return last === path;
  const word = wordsOf(last).at(-1) ?? '';
  if (theWorlds.test(wordsOf(last).join(' '))) return false;
  return !/[a-z]/.test(word) || /s$|^(?:list|search|query|all|people|children|data|json)$/.test(word);
}

/** Lists that no customer adds to, which hardly any API parts into pages. */
const theWorlds = /^(?:.* )?(?:time ?zones|countries|currencies|languages|locales)$/;

const inRequests = new Set(['request_parameters', 'request_body_json', 'request_body_data']);

/** Headers that say how an answer is written. */
function isOfFormat(path: Difference['path'], node: ManifestNode): boolean {
  const names = node.kind === 'mapping' ? [...node.entries.keys()] : [String(path.at(-1))];
  return names.every((name) => /^(?:accept|content-type|user-agent)/i.test(name));
}

/** What the templates of a value read from. */
function roots(node: ManifestNode): string {
  return node.kind === 'scalar'
    ? readPaths(String(node.value))
        .map(({ name }) => name)
        .join()
    : '';
}

/** `config['key']` is `config.key`. */
function isSame(one: ManifestNode, other: ManifestNode): boolean {
  const [a, b] = [reads(one), reads(other)];
  return a.length > 0 && a.join() === b.join() && plain(one) === plain(other);
}

function reads(node: ManifestNode): readonly string[] {
  if (node.kind !== 'scalar') return [];
  return readPaths(String(node.value)).map(({ name, path }) => [name, ...path].join('.'));
}

function plain(node: ManifestNode): string {
  return node.kind === 'scalar' ? String(node.value).replace(/[\s'"[\].]/g, '') : '';
}

function streamsOf(group: readonly ComponentAt[]): ReadonlySet<string> {
  return new Set(group.map((at) => textIn(ancestorOf(at, 'Stream'), 'name') ?? ''));
}

function shown(node: ManifestNode | undefined): string {
  if (node === undefined) return 'left out';
  if (node.kind === 'scalar') return `"${String(node.value)}"`;
  if (node.kind === 'mapping') return `one with "${[...node.entries.keys()].join('", "')}"`;
  const items = node.items.map((item) => (item.kind === 'scalar' ? String(item.value) : '…'));
  return `[${items.join(', ')}]`;
}
