import type { Place } from '../error/place.ts';
import { pathSegment } from '../language/path-segment.ts';
import { existingAt } from '../manifest/set-in-tree.ts';
import { readBack } from '../template/read-back.ts';
import { inspectTemplate } from '../template/template.ts';
import { ancestorOf, type ComponentAt, childIn } from './visit.ts';

/**
 * Whether a place in the template of dynamic streams holds a value that no stream has: each has what its components resolver
 * puts there, and what the template says meanwhile need not make sense.
 */
export function isReplaced(at: ComponentAt, place: Place | undefined): boolean {
  if (place === undefined) return false;
  for (let group = groupAround(at); group !== undefined; group = groupAround(group))
    if (replacedIn(group).some((outer) => isWithin(place, outer))) return true;
  return false;
}

function groupAround(at: ComponentAt): ComponentAt | undefined {
  return ancestorOf(at, 'DynamicStream');
}

const known = new WeakMap<ComponentAt, readonly Place[]>();

function replacedIn(group: ComponentAt): readonly Place[] {
  const before = known.get(group);
  if (before !== undefined) return before;
  const template = childIn(group, 'stream_template')?.node;
  const sets = childIn(group, 'components_resolver')?.traits.sets ?? [];
  const found =
    template === undefined
      ? []
      : sets.flatMap(({ path }) => existingAt(template, path.map(segmentOf)).map(({ place }) => place));
  known.set(group, found);
  return found;
}

/** What only a config tells may be any of them. */
function segmentOf(text: string) {
  return inspectTemplate(text).isPlain ? pathSegment(readBack(text, undefined)) : '*';
}

function isWithin(inner: Place, outer: Place): boolean {
  return inner.source === outer.source && inner.start >= outer.start && inner.end <= outer.end;
}
