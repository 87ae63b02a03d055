import type { ManifestNode } from '../manifest/node.ts';
import { readPaths } from '../simulator/read-paths.ts';
import { ancestorOf, type ComponentAt, childIn, textIn, written } from '../validate/visit.ts';
import { isReadSo, isSentSo } from './called-alike.ts';
import { isPlural } from './key-words.ts';
import { itsName, itsSibling, withoutOwnName } from './own-names.ts';
import { textsOf } from './schema-walk.ts';
import { wordsOf } from './words.ts';

/** How one component writes something that others of its group write too. */
export interface Use {
  readonly at: ComponentAt;
  readonly node: ManifestNode;
  /** Only uses of one group are compared. */
  readonly group: string;
  readonly parts: readonly string[];
}

/** What the streams of one API mostly write alike. */
export interface Aspect {
  readonly what: string;
  readonly fewestOthers: number;
  readonly of: (at: ComponentAt) => Use | undefined;
  /** Whether what is odd looks like a slip, rather than like another part of the API. */
  readonly isSlip: (odd: readonly string[], usual: readonly string[], at: ComponentAt) => boolean;
  /** What it is called to write nothing. */
  readonly none?: string;
}

export const aspects: readonly Aspect[] = [
  {
    what: 'finds its records at',
    fewestOthers: 3,
    of: recordPathOf,
    none: 'the top of the answer',
    // All of an answer instead of a part of it, a part of a part, or the part around it.
    isSlip: (odd, usual, at) =>
      usual.length > 0 &&
      !isTheOnlyOne(odd, usual, at) &&
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
    isSlip: ([odd], _usual, at) => odd === itsSibling && !isOfOthers(at),
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
        // What asks for a page by another name reads it from another part of the answer.
        const asks = textIn(ancestorOf(at, 'Paginator'), 'page_token_option', 'field_name') ?? '';
        return { at, node, group: `${paths.length} ${asks}`, parts };
      },
      isSlip: (odd, usual, at) => isNearby(odd, usual) && !isSentSo(odd, usual, at),
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
    fewestOthers: 2,
    of: (at) => optionOf(at, 'page_token_option'),
    // Where an answer has an address, it is as good as a token.
    isSlip: (odd, usual, at) => !odd.includes(itsAddress) && !isReadSo(odd, usual, at),
  },
  {
    what: 'asks for a page by',
    fewestOthers: 1,
    of: (at) => optionOf(at, 'page_token_option'),
    // A token is often called "next" in the answer that has it, and not in the request that is for its page.
    isSlip: ([odd = ''], [usual = '']) => wordsOf(odd).join(' ') === `next ${wordsOf(usual).join(' ')}`,
  },
  {
    what: 'puts the token of a page at',
    fewestOthers: 1,
    of(at) {
      const node = written(at, 'page_token_option', 'field_path');
      const token = textIn(at, 'pagination_strategy', 'cursor_value');
      if (at.family !== 'Paginator' || node === undefined || token === undefined) return undefined;
      return { at, node, group: token, parts: textsOf(node) };
    },
    // The same token a step further in, or out.
    isSlip: (odd, usual) => isAtStart(odd, usual) || isAtStart(usual, odd),
  },
  {
    what: 'asks for the size of a page by',
    fewestOthers: 2,
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

/** Statistics are lists of what they count, such as the bounces in the statistics of a delivery. */
function isOfOthers(at: ComponentAt): boolean {
  const name = textIn(ancestorOf(at, 'Stream'), 'name') ?? '';
  return /(?:stats?|statistics?|metrics?|summar(?:y|ies)|reports?|analytics|insights?|usage)$/i.test(name);
}

/** An API without pages gives what it names in the singular, such as "usage", as it is, and not as a list of that name. */
function isTheOnlyOne(odd: readonly string[], usual: readonly string[], at: ComponentAt): boolean {
  const name = wordsOf(textIn(ancestorOf(at, 'Stream'), 'name') ?? '').at(-1) ?? '';
  const isList = childIn(at, 'paginator')?.traits.paginates === true || isPlural(name);
  return !isList && usual.length === odd.length + 1 && usual.at(-1) === itsName && isAtStart(odd, usual);
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

/** The same but for the name at the end of one path, or for a step before it. */
function isNearby(odd: readonly string[], usual: readonly string[]): boolean {
  const different = odd.flatMap((path, index) => (path === usual[index] ? [] : [[path, usual[index] ?? '']]));
  const [[a = '', b = ''] = [], ...more] = different;
  if (more.length > 0) return false;
  const [first, second] = [a.split('.'), b.split('.')];
  return first.at(-1) === second.at(-1) || first.slice(0, -1).join('.') === second.slice(0, -1).join('.');
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
