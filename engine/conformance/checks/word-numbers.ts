import type { ManifestNode } from '../../manifest/node.ts';
import { pathsRead } from '../../simulator/texts-in.ts';
import { singular } from '../../util/text/singular.ts';
import { type ComponentAt, childIn, textIn, written } from '../../validate/visit.ts';
import { type CheckEvent, defineCheck } from '../check.ts';
import { looked, violation } from '../events.ts';
import { once } from '../once.ts';
import { listOf } from '../schema-walk.ts';
import { streamsIn } from '../streams-in.ts';
import { plainName } from '../words.ts';

export const wordNumbers = defineCheck({
  id: 'word-numbers',
  group: 'requests',
  level: 'static',
  severity: 'warning',
  doc: 'a word of a path, or of the way to the records, is not the singular where the other streams and the name of its own have the plural, nor the other way round',
  *run({ source }) {
    const isNew = once();
    const uses = [...streamsIn(source)].map(useOf);
    const told = new Set<ManifestNode>();
    for (const use of uses) {
      if (use.records.some(({ node }) => isNew(node))) {
        yield looked(use.stream);
        yield* otherNumber(use, uses, told);
        yield* noNumber(use, uses, told);
        yield* notItsName(use, uses, 'records', told);
      }
      if (use.path.some(({ node }) => isNew(node))) yield* notItsName(use, uses, 'path', told);
    }
  },
});

interface Word {
  readonly text: string;
  readonly node: ManifestNode;
  readonly offset?: number;
}

interface Use {
  readonly stream: string;
  readonly names: readonly string[];
  /** The literal segments of its path. */
  readonly path: readonly Word[];
  /** The fields on the way to its records, without those within a list. */
  readonly records: readonly Word[];
  /** The fields of answers that its pages are told by. */
  readonly read: readonly string[];
  /** Answers are JSON, in which a list has the name of all that is in it. */
  readonly isJson: boolean;
  readonly hasPages: boolean;
}

function useOf(at: ComponentAt): Use {
  const retriever = childIn(at, 'retriever');
  const requester = childIn(retriever, 'requester');
  const extractor = childIn(childIn(retriever, 'record_selector'), 'extractor');
  const steps = extractor?.traits.looksAtPath === true ? listOf(written(extractor, 'field_path')) : [];
  const list = steps.findIndex((step) => step.kind === 'scalar' && step.value === '*');
  const records = steps
    .slice(0, list === -1 ? steps.length : list)
    .flatMap((node): readonly Word[] =>
      node.kind === 'scalar' && typeof node.value === 'string' ? [{ text: node.value, node }] : [],
    );
  const paginator = childIn(retriever, 'paginator');
  const decoder = childIn(retriever, 'decoder');
  const stream = textIn(at, 'name') ?? '';
  return {
    stream,
    names: [stream, ...stream.split(/[ _-]/).slice(-1)],
    path: segmentsOf(requester),
    records,
    read:
      paginator === undefined
        ? []
        : pathsRead(paginator.node, ['response']).flatMap(({ path }) => path.map(String)),
    isJson: decoder === undefined || decoder.traits.reads?.kind === 'JSON',
    hasPages: paginator?.traits.paginates === true,
  };
}

function segmentsOf(requester: ComponentAt | undefined): readonly Word[] {
  const field = ['path', 'url'].find((each) => textIn(requester, each) !== undefined);
  const node = field === undefined ? undefined : written(requester, field);
  const text = field === undefined ? '' : (textIn(requester, field) ?? '');
  if (node === undefined || requester?.isHook !== false) return [];
  return [...text.matchAll(/(?<=^|\/)(?!https?:)[A-Za-z][\w-]*(?=[/.]|$)/g)].map((match) => ({
    text: match[0],
    node,
    offset: match.index,
  }));
}

/** One of several, in one case or another: "team", "Teams". */
function stemOf(word: string): string {
  return plainName(singular(word));
}

function isOther(word: string, other: string): boolean {
  return plainName(word) !== plainName(other) && stemOf(word) === stemOf(other) && stemOf(word).length > 2;
}

/** As many other streams, or the pages of this one, call the list by the other number. */
const fewestOthers = 2;

function* otherNumber(
  { stream, names, records, read }: Use,
  uses: readonly Use[],
  told: Set<ManifestNode>,
): Generator<CheckEvent> {
  const others = uses.filter((other) => other.stream !== stream);
  for (const { text, node } of records) {
    const isAlone = others.every((other) => !other.records.some((word) => word.text === text));
    if (!isAlone || read.includes(text) || records.some((word) => isOther(word.text, text))) continue;
    const [known, ...more] = others.flatMap(
      (other) => other.records.find((word) => isOther(word.text, text)) ?? [],
    );
    // One other is enough where the stream has that name, too.
    const isNamed = known !== undefined && names.some((name) => isSame(name, known.text));
    const isUsual = known !== undefined && more.length + 1 >= fewestOthers;
    const meant = isUsual || isNamed ? known : undefined;
    const readName = read.find((name) => isOther(name, text));
    if (meant === undefined && readName === undefined) continue;
    told.add(node);
    yield violation(
      node,
      meant === undefined
        ? `The records of stream "${stream}" are looked for in "${text}", and its pages are told by "${readName}": one of them is the other number.`
        : `The records of stream "${stream}" are looked for in "${text}", and those of ${more.length + 1} other stream${more.length === 0 ? '' : 's'} in "${meant.text}": is it the other number?`,
      { stream, also: meant === undefined ? [] : [meant.node.place] },
    );
  }
}

/** What has no plural, such as "data", and what never is the name of a list, such as "item". */
const uncountable = /^_?(?:[a-z]*data|children|embedded|info|people|news|feedback)s$/i;
const ofOne = /^(?:item|record|entry|node|row|doc|element)$/i;

function* noNumber(
  { stream, records, isJson, hasPages }: Use,
  uses: readonly Use[],
  told: Set<ManifestNode>,
): Generator<CheckEvent> {
  const [last] = records.slice(-1);
  for (const { text, node } of records) {
    const isOfOne = isJson && hasPages && node === last?.node && ofOne.test(text);
    const isWrong = uncountable.test(text) || (isOfOne && !areOfOne(uses, text));
    if (!isWrong || told.has(node)) continue;
    told.add(node);
    yield violation(
      node,
      `The records of stream "${stream}" are looked for in "${text}", and no API calls a list so: is it the other number?`,
      { stream },
    );
  }
}

/** Whether the API calls other lists in the singular, too: "Bill" of the stream "bills". */
function areOfOne(uses: readonly Use[], word: string): boolean {
  const others = uses.filter(({ names, records }) => {
    const last = records.at(-1)?.text ?? '';
    return last !== word && names.some((name) => isOther(name, last) && name.length > last.length);
  });
  return others.length >= fewestOthers;
}

/** Where so many others call it by the name of the stream or its path, a single one that does so in the other number is odd. */
const fewestNamed = { records: 5, path: 8 };

/** What may be the one who asks. */
const oneself = /^(?:users?|accounts?|compan(?:y|ies)|organi[sz]ations?|tenants?|profiles?|me|settings?)$/i;

function* notItsName(
  use: Use,
  uses: readonly Use[],
  what: 'path' | 'records',
  told: Set<ManifestNode>,
): Generator<CheckEvent> {
  const { stream } = use;
  if (use.names.some((name) => use[what].some(({ text }) => isSame(text, name)))) return;
  if (use.records.some(({ text }) => use.path.some((word) => isSame(text, word.text)))) return;
  const odd = oddOf(use, what);
  if (odd === undefined || oneself.test(odd.word.text) || told.has(odd.word.node)) return;
  const others = uses.filter((other) => other.stream !== stream);
  // Who writes a word twice means it.
  const { text, node } = odd.word;
  const isAgain = (word: Word) => word.text === text && word.node.place.start !== node.place.start;
  if (what === 'path' && others.some((other) => other.path.some(isAgain))) return;
  const alike = others.filter((other) => wantedIn(other, what).some((name) => has(other, what, name)));
  if (
    alike.length < fewestNamed[what] ||
    alike.length < others.filter((other) => other[what].length > 0).length * 0.8
  )
    return;
  if (others.some((other) => !alike.includes(other) && oddOf(other, what) !== undefined)) return;
  told.add(odd.word.node);
  yield violation(
    odd.word.node,
    what === 'path'
      ? `The path of stream "${stream}" has "${odd.word.text}", and those of ${alike.length} other streams have the name of the stream as it is: is it "${odd.name}"?`
      : `The records of stream "${stream}" are looked for in "${odd.word.text}", and those of ${alike.length} other streams under the name of the stream, or the last word of its path: is it "${odd.name}"?`,
    { stream, ...(odd.word.offset !== undefined && { offset: odd.word.offset }) },
  );
}

/** How a path or a list may be called. */
function wantedIn({ names, path }: Use, what: 'path' | 'records'): readonly string[] {
  return what === 'path' ? names : [...names, ...path.map(({ text }) => text)];
}

function has(use: Use, what: 'path' | 'records', name: string): boolean {
  return use[what].some(({ text }) => isSame(text, name) || isSame(text.split(/[_-]/).at(-1) ?? '', name));
}

/** What is the singular of the name of the stream, or of its path or its list. */
function oddOf(
  use: Use,
  what: 'path' | 'records',
): { readonly word: Word; readonly name: string } | undefined {
  const lists = what === 'path' ? use.records.slice(-1) : use.path;
  for (const name of [use.stream, ...lists.map(({ text }) => text)])
    for (const word of use[what]) {
      const parts = what === 'path' ? [word.text, word.text.split(/[_-]/).at(-1) ?? ''] : [word.text];
      if (parts.some((part) => isOther(part, name) && name.length > part.length)) return { word, name };
    }
  return undefined;
}

function isSame(one: string, other: string): boolean {
  return plainName(one) === plainName(other);
}
