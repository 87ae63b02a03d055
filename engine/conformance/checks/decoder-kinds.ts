import type { ManifestNode } from '../../manifest/node.ts';
import { textsIn } from '../../simulator/texts-in.ts';
import { type ComponentAt, childIn, textIn, visit } from '../../validate/visit.ts';
import { defineCheck } from '../check.ts';
import { looked, violation } from '../events.ts';
import { once } from '../once.ts';

export const decoderKinds = defineCheck({
  id: 'decoder-kinds',
  group: 'records',
  level: 'static',
  severity: 'warning',
  doc: 'the answers of an API that writes one kind of body are not decoded as another one in a single stream, unless its request says so',
  *run({ source }) {
    const isNew = once();
    const uses: Use[] = [];
    for (const at of visit(source)) {
      if (at.family !== 'Retriever' || at.isHook || at.traits.readsPages !== true || !isNew(at.node))
        continue;
      const decoder = childIn(at, 'decoder');
      const kind = decoder === undefined ? 'JSON' : decoder.traits.reads?.kind;
      const host = hostOf(childIn(at, 'requester'));
      if (kind !== undefined && host !== undefined) uses.push({ at, decoder, kind, host });
    }
    for (const use of uses) {
      const others = uses.filter(({ at, host }) => at !== use.at && host === use.host);
      const [other] = others;
      if (others.length < fewestOthers) continue;
      yield looked();
      const isOdd = others.every(({ kind }) => kind === other?.kind) && other?.kind !== use.kind;
      if (!isOdd || other === undefined || says(use.at.node)) continue;
      yield violation(
        (use.decoder ?? use.at).node,
        `Stream "${textIn(use.at.parent, 'name')}" decodes its answers as ${use.kind}, and all ${others.length} other streams of this API as ${other.kind}; nothing in its request asks for another kind.`,
        { stream: textIn(use.at.parent, 'name'), also: [(other.decoder ?? other.at).node.place] },
      );
    }
  },
});

interface Use {
  readonly at: ComponentAt;
  readonly decoder: ComponentAt | undefined;
  readonly kind: string;
  readonly host: string;
}

const fewestOthers = 2;

/** The address of the API as it is written, without the path of a stream. */
function hostOf(requester: ComponentAt | undefined): string | undefined {
  const text = textIn(requester, 'url_base') ?? textIn(requester, 'url');
  return text === undefined ? undefined : (/^https?:\/\/[^/]+/.exec(text)?.[0] ?? text);
}

/** Exports, reports and files come as they are asked for, or as they always do. */
const ofTheirOwn = /\b(?:csv|xml|jsonl|ndjson|tsv|gzip|gz|rss|atom|feed|export|download|report|file)s?\b/i;

function says(node: ManifestNode): boolean {
  return [...textsIn(node)].some(
    (text) => !/Decoder$/.test(text) && ofTheirOwn.test(text.replaceAll('_', ' ')),
  );
}
