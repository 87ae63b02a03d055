import type { ManifestNode } from '../../manifest/node.ts';
import { readPaths } from '../../simulator/read-paths.ts';
import { grouped } from '../../util/flow/grouped.ts';
import { ancestorOf, type ComponentAt, childIn, textIn, visit, written } from '../../validate/visit.ts';
import { type CheckEvent, defineCheck } from '../check.ts';
import { looked, violation } from '../events.ts';
import { once } from '../once.ts';
import { streamsIn } from '../streams-in.ts';
import { plainName } from '../words.ts';

export const streamsAgree = defineCheck({
  id: 'streams-agree',
  group: 'requests',
  level: 'static',
  severity: 'warning',
  comparesStreams: true,
  doc: 'where all other streams of an API write the path of their records, the place of a credential, the name of a page or a list of statuses alike, no single stream writes it almost so',
  *run({ source }) {
    const all = visit(source).filter(({ isHook }) => !isHook);
    // A path may be odd in several ways at once.
    const isUntold = once();
    for (const aspect of aspects) {
      const isNew = once();
      const uses = all.flatMap((at) => aspect.of(at) ?? []).filter(({ node }) => isNew(node));
      if (uses.length > 0) yield looked();
      for (const group of grouped(uses, ({ group }) => group).values())
        yield* oddOne(aspect, group, isUntold);
    }
  },
});

/** How one component writes something that others of its group write too. */
interface Use {
  readonly at: ComponentAt;
  readonly node: ManifestNode;
  /** Only uses of one group are compared. */
  readonly group: string;
  readonly parts: readonly string[];
}

interface Aspect {
  readonly what: string;
  readonly fewestOthers: number;
  readonly of: (at: ComponentAt) => Use | undefined;
  /** Whether what is odd looks like a slip, rather than like another part of the API. */
  readonly isSlip: (odd: readonly string[], usual: readonly string[]) => boolean;
  /** What it is called to write nothing. */
  readonly none?: string;
}

const aspects: readonly Aspect[] = [
  {
    what: 'finds its records at',
    fewestOthers: 3,
    of: recordPathOf,
    none: 'the top of the answer',
    // All of an answer instead of a part of it, a part of a part, or the part around it.
    isSlip: (odd, usual) =>
      usual.length > 0 &&
      (odd.length === 0 ||
        isAtEnd(usual, odd) ||
        isAtEnd(odd, usual) ||
        isAtStart(usual, odd) ||
        isAtStart(odd, usual)),
  },
  {
    what: 'finds its records under',
    fewestOthers: 3,
    of(at) {
      const use = recordPathOf(at);
      const name = use?.parts.find((step) => step === itsName || step === itsSibling);
      return use === undefined || name === undefined || use.group === 'no pages'
        ? undefined
        : { ...use, parts: [name] };
    },
    isSlip: ([odd]) => odd === itsSibling,
  },
  {
    what: 'finds the list of its records in',
    fewestOthers: 4,
    of(at) {
      const use = recordPathOf(at);
      const around = use?.parts.filter((step) => step !== '*').slice(0, -1);
      return use === undefined || around === undefined ? undefined : { ...use, parts: around };
    },
    none: 'the top of the answer',
    isSlip: (odd, usual) =>
      usual.length > 1 && odd.length > 0 && (isAtEnd(usual, odd) || isAtStart(usual, odd)),
  },
  ...(['stop_condition', 'cursor_value'] as const).map(
    (field): Aspect => ({
      what: `reads for "${field}"`,
      fewestOthers: 3,
      of(at) {
        const node = written(at, field);
        if (at.family !== 'PaginationStrategy' || node?.kind !== 'scalar') return undefined;
        const paths = readPaths(String(node.value)).filter(({ name }) => name === 'response');
        const retriever = ancestorOf(at, 'Retriever');
        const parts = paths.map(({ path }) => withoutOwnName(path.map(String), retriever).join('.'));
        return { at, node, group: String(paths.length), parts };
      },
      isSlip: isNearby,
    }),
  ),
  {
    what: 'sends its credential in',
    fewestOthers: 2,
    of(at) {
      const node = written(at, 'inject_into', 'inject_into');
      if (at.family !== 'Authenticator' || node?.kind !== 'scalar') return undefined;
      const group = `${at.component?.type} ${textIn(at, 'inject_into', 'field_name')} ${textIn(at, 'api_token')}`;
      return { at, node, group, parts: textsOf(node) };
    },
    isSlip: () => true,
  },
  {
    what: 'writes its credential as',
    fewestOthers: 2,
    of(at) {
      const node = written(at, 'api_token');
      if (at.family !== 'Authenticator' || node?.kind !== 'scalar') return undefined;
      const name = textIn(at, 'inject_into', 'field_name') ?? textIn(at, 'header') ?? '';
      return { at, node, group: `${at.component?.type} ${name}`, parts: textsOf(node) };
    },
    isSlip: () => true,
  },
  {
    what: 'asks for a page by',
    fewestOthers: 3,
    of: (at) => optionOf(at, 'page_token_option'),
    // Where an answer has an address, it is as good as a token.
    isSlip: (odd) => !odd.includes(itsAddress),
  },
  {
    what: 'asks for the size of a page by',
    fewestOthers: 3,
    of: (at) => optionOf(at, 'page_size_option'),
    isSlip: () => true,
  },
  {
    what: 'is read in windows of',
    fewestOthers: 3,
    of(at) {
      const node = written(at, 'step');
      if (at.family !== 'IncrementalSync' || node?.kind !== 'scalar') return undefined;
      return { at, node, group: at.component?.type ?? '', parts: textsOf(node) };
    },
    isSlip: () => true,
  },
  ...(
    [
      ['start_time_option', 'end_time_option', 'ends'],
      ['end_time_option', 'start_time_option', 'starts'],
    ] as const
  ).map(
    ([known, other, says]): Aspect => ({
      what: `says where a window ${says} by`,
      fewestOthers: 2,
      of(at) {
        const name = textIn(at, known, 'field_name');
        if (at.family !== 'IncrementalSync' || name === undefined) return undefined;
        const node = written(at, other, 'field_name');
        return {
          at,
          node: node ?? written(at, known) ?? at.node,
          group: name,
          parts: node === undefined ? [] : textsOf(node),
        };
      },
      isSlip: (odd, usual) => odd.length === 0 && usual.length > 0,
    }),
  ),
  {
    what: 'answers these statuses with',
    fewestOthers: 3,
    of(at) {
      const [node, codes] = [written(at, 'action'), written(at, 'http_codes')];
      if (at.family !== 'ResponseFilter' || node === undefined || codes === undefined) return undefined;
      const said = ['error_message_contains', 'predicate'].map((field) => textIn(at, field) ?? '');
      return { at, node, group: [...textsOf(codes).toSorted(), ...said].join(' '), parts: textsOf(node) };
    },
    isSlip: () => true,
  },
  {
    what: 'handles the statuses',
    fewestOthers: 3,
    of(at) {
      const node = written(at, 'http_codes');
      if (at.family !== 'ResponseFilter' || node === undefined) return undefined;
      const said = ['action', 'error_message', 'error_message_contains', 'predicate'].map((field) =>
        textIn(at, field),
      );
      return { at, node, group: said.join('\n'), parts: textsOf(node).toSorted() };
    },
    isSlip: (odd, usual) => odd.every((code) => usual.includes(code)),
  },
];

/** Streams with pages are compared with each other, and those without. */
function recordPathOf(at: ComponentAt): Use | undefined {
  const extractor = childIn(childIn(at, 'record_selector'), 'extractor');
  const node = written(extractor, 'field_path');
  const isList = childIn(at, 'paginator')?.traits.paginates === true;
  if (at.family !== 'Retriever' || extractor?.traits.looksAtPath !== true || node === undefined)
    return undefined;
  const parts = withoutOwnName(textsOf(node), at);
  // What has no pages may be the one record there is.
  if (!isList && parts.length === 0) return undefined;
  return { at, node, group: isList ? 'pages' : 'no pages', parts };
}

/** What a token is that is asked for as it is. */
const itsAddress = '(its own address)';

function optionOf(at: ComponentAt, field: string): Use | undefined {
  const option = childIn(at, field);
  const isPath = option?.traits.isPath === true;
  const node = isPath ? option.node : written(at, field, 'field_name');
  const strategy = childIn(at, 'pagination_strategy');
  if (at.family !== 'Paginator' || node === undefined || strategy === undefined) return undefined;
  return { at, node, group: strategy.component?.type ?? '', parts: isPath ? [itsAddress] : textsOf(node) };
}

/** What an API calls by the name of a stream or of its path: `users` of `/users` and `teams` of `/teams` are written alike. */
const itsName = '(its own name)';
const itsSibling = '(the name of another stream)';

function withoutOwnName(path: readonly string[], retriever: ComponentAt | undefined): readonly string[] {
  const stream = retriever && ancestorOf(retriever, 'Stream');
  const [own, others] = [new Set(namesOf(stream).map(plain)), siblingNames(stream)];
  return path.map((step) => {
    if (own.has(plain(step))) return itsName;
    return others.has(plain(step)) ? itsSibling : step;
  });
}

/** What the other streams are called. */
function siblingNames(stream: ComponentAt | undefined): ReadonlySet<string> {
  let top = stream;
  while (top?.parent !== undefined) top = top.parent;
  if (top === undefined) return new Set();
  const known =
    siblings.get(top) ?? new Set([...streamsIn(top)].map((at) => plain(textIn(at, 'name') ?? '')));
  siblings.set(top, known);
  return known;
}

const siblings = new WeakMap<ComponentAt, ReadonlySet<string>>();

/** What a stream is called, by its own name and by its path. */
function namesOf(stream: ComponentAt | undefined): readonly string[] {
  const requester = childIn(childIn(stream, 'retriever'), 'requester');
  const asked = textIn(requester, 'path') ?? textIn(requester, 'url') ?? '';
  return [textIn(stream, 'name') ?? '', asked].flatMap((text) => [text, ...text.split('/')]);
}

/** The same but for the name at the end of one path, or for a step before it. */
function isNearby(odd: readonly string[], usual: readonly string[]): boolean {
  const different = odd.flatMap((path, index) => (path === usual[index] ? [] : [[path, usual[index] ?? '']]));
  const [[a = '', b = ''] = [], ...more] = different;
  if (more.length > 0) return false;
  const [first, second] = [a.split('.'), b.split('.')];
  return first.at(-1) === second.at(-1) || first.slice(0, -1).join('.') === second.slice(0, -1).join('.');
}

function plain(text: string): string {
  return plainName(text).replace(/s$/, '');
}

function* oddOne(
  { what, fewestOthers, isSlip, none = 'nothing' }: Aspect,
  uses: readonly Use[],
  isUntold: (node: ManifestNode) => boolean,
): Generator<CheckEvent> {
  const kinds = grouped(uses, ({ parts }) => JSON.stringify(parts));
  if (kinds.size !== 2) return;
  const [rare = [], usual = []] = [...kinds.values()].toSorted((a, b) => a.length - b.length);
  const [odd, ...more] = rare;
  const [other] = usual;
  if (odd === undefined || other === undefined || more.length > 0 || usual.length < fewestOthers) return;
  if (!isSlip(odd.parts, other.parts) || !isUntold(odd.node)) return;
  const name = textIn(ancestorOf(odd.at, 'Stream'), 'name') ?? '';
  yield violation(
    odd.node,
    `Stream "${name}" ${what} ${shown(odd.parts, none)}, and all ${usual.length} others ${shown(other.parts, none)}: was this meant, too?`,
    { stream: name, also: [other.node.place] },
  );
}

function textsOf(node: ManifestNode): readonly string[] {
  const items = node.kind === 'sequence' ? node.items : [node];
  return items.flatMap((item) => (item.kind === 'scalar' ? [String(item.value)] : []));
}

function shown(parts: readonly string[], none: string): string {
  return parts.length === 0 ? none : `"${parts.join('", "')}"`;
}

function isAtEnd(part: readonly string[], whole: readonly string[]): boolean {
  return (
    whole.length > part.length &&
    part.every((step, index) => step === whole[whole.length - part.length + index])
  );
}

function isAtStart(part: readonly string[], whole: readonly string[]): boolean {
  return whole.length > part.length && part.every((step, index) => step === whole[index]);
}
