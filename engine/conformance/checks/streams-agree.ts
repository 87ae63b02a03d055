import type { ManifestNode } from '../../manifest/node.ts';
import { grouped } from '../../util/flow/grouped.ts';
import { ancestorOf, textIn, visit } from '../../validate/visit.ts';
import { type CheckEvent, defineCheck } from '../check.ts';
import { looked, violation } from '../events.ts';
import { oddOnes } from '../odd-ones.ts';
import { once } from '../once.ts';
import { type Aspect, aspects, type Use } from '../stream-aspects.ts';

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

function* oddOne(
  { what, fewestOthers, isSlip, none = 'nothing' }: Aspect,
  uses: readonly Use[],
  isUntold: (node: ManifestNode) => boolean,
): Generator<CheckEvent> {
  for (const { odd, other, others } of oddOnes(uses, ({ parts }) => JSON.stringify(parts))) {
    if (others.length < fewestOthers) continue;
    if (!isSlip(odd.parts, other.parts, odd.at) || !isUntold(odd.node)) continue;
    const name = textIn(ancestorOf(odd.at, 'Stream'), 'name') ?? '';
    const all = others.length === 1 ? 'the one other' : `all ${others.length} others`;
    yield violation(
      odd.node,
      `Stream "${name}" ${what} ${shown(odd.parts, none)}, and ${all} ${connection(what)}${shown(other.parts, none)}: was this meant, too?`,
      { stream: name, also: [other.node.place] },
    );
    return;
  }
}

/** "at" of "finds its records at", so that it can be said again of the others. */
function connection(what: string): string {
  const last = what.split(' ').at(-1) ?? '';
  return /^(?:at|in|under|by|as|of|with)$/.test(last) ? `${last} ` : '';
}

/** What stands in brackets is no text of the manifest. */
function shown(parts: readonly string[], none: string): string {
  return parts.length === 0
    ? none
    : parts.map((part) => (/^\(.*\)$/.test(part) ? part.slice(1, -1) : `"${part}"`)).join(', ');
}
