import type { ManifestNode } from '../../manifest/node.ts';
import { grouped } from '../../util/flow/grouped.ts';
import { ancestorOf, type ComponentAt, childIn, textIn, visit, written } from '../../validate/visit.ts';
import { type CheckEvent, defineCheck } from '../check.ts';
import { looked, violation } from '../events.ts';
import { once } from '../once.ts';

export const streamsAgree = defineCheck({
  id: 'streams-agree',
  group: 'requests',
  level: 'static',
  severity: 'warning',
  doc: 'where all other streams of an API write the path of their records, the place of a credential, the name of a page or a list of statuses alike, no single stream writes it almost so',
  *run({ source }) {
    const all = [...visit(source)].filter(({ isHook }) => !isHook);
    for (const aspect of aspects) {
      const isNew = once();
      const uses = all.flatMap((at) => aspect.of(at) ?? []).filter(({ node }) => isNew(node));
      if (uses.length > 0) yield looked();
      for (const group of grouped(uses, ({ group }) => group).values()) yield* oddOne(aspect, group);
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
}

const aspects: readonly Aspect[] = [
  {
    what: 'finds its records at',
    fewestOthers: 3,
    of(at) {
      const extractor = childIn(childIn(at, 'record_selector'), 'extractor');
      const node = written(extractor, 'field_path');
      const isList = childIn(at, 'paginator')?.traits.paginates === true;
      if (
        at.family !== 'Retriever' ||
        extractor?.traits.looksAtPath !== true ||
        !isList ||
        node === undefined
      )
        return undefined;
      return { at, node, group: '', parts: textsOf(node) };
    },
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
    what: 'asks for a page by',
    fewestOthers: 3,
    of: (at) => optionOf(at, 'page_token_option'),
    isSlip: () => true,
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
  {
    what: 'handles the statuses',
    fewestOthers: 2,
    of(at) {
      const node = written(at, 'http_codes');
      if (at.family !== 'ResponseFilter' || node === undefined) return undefined;
      const said = ['action', 'error_message', 'error_message_contains', 'predicate'].map((field) =>
        textIn(at, field),
      );
      // Without a message nothing says that two filters mean the same.
      if (said[1] === undefined && said[2] === undefined) return undefined;
      return { at, node, group: said.join('\n'), parts: textsOf(node).toSorted() };
    },
    isSlip: (odd, usual) => odd.every((code) => usual.includes(code)),
  },
];

function optionOf(at: ComponentAt, field: string): Use | undefined {
  const node = written(at, field, 'field_name');
  const strategy = childIn(at, 'pagination_strategy');
  if (at.family !== 'Paginator' || node?.kind !== 'scalar' || strategy === undefined) return undefined;
  return { at, node, group: strategy.component?.type ?? '', parts: textsOf(node) };
}

function* oddOne({ what, fewestOthers, isSlip }: Aspect, uses: readonly Use[]): Generator<CheckEvent> {
  const kinds = grouped(uses, ({ parts }) => JSON.stringify(parts));
  if (kinds.size !== 2) return;
  const [rare = [], usual = []] = [...kinds.values()].toSorted((a, b) => a.length - b.length);
  const [odd, ...more] = rare;
  const [other] = usual;
  if (odd === undefined || other === undefined || more.length > 0 || usual.length < fewestOthers) return;
  if (!isSlip(odd.parts, other.parts)) return;
  const name = textIn(ancestorOf(odd.at, 'Stream'), 'name') ?? '';
  yield violation(
    odd.node,
    `Stream "${name}" ${what} ${shown(odd.parts)}, and all ${usual.length} others ${shown(other.parts)}: was this meant, too?`,
    { stream: name, also: [other.node.place] },
  );
}

function textsOf(node: ManifestNode): readonly string[] {
  const items = node.kind === 'sequence' ? node.items : [node];
  return items.flatMap((item) => (item.kind === 'scalar' ? [String(item.value)] : []));
}

function shown(parts: readonly string[]): string {
  return parts.length === 0 ? 'the top of the answer' : `"${parts.join('", "')}"`;
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
