import type { Hit } from '../../../conformance/coverage/collector.ts';
import { placeKey } from '../../../conformance/coverage/ways.ts';
import type { Source } from '../../../error/place.ts';
import type { WrittenParts } from '../../../language-server/written-parts.ts';

/** A way that a test has taken, by where it stands in its part of the manifest: parts move when others change. */
export type KeptHit = readonly [part: string, offset: number, what: string, times: number];

/** Undefined when one of them stands in no part. */
export function keptHits(
  hits: Iterable<Hit>,
  source: Source,
  { parts, partOf }: WrittenParts,
): readonly KeptHit[] | undefined {
  const kept: KeptHit[] = [];
  for (const { place, what, times } of hits) {
    const part = sameText(place.source, source) ? partOf(place.pointer) : undefined;
    const written = part === undefined ? undefined : parts.get(part);
    if (part === undefined || written === undefined) return undefined;
    const offset = place.start - written.start;
    if (offset < 0 || offset > written.text.length) return undefined;
    kept.push([part, offset, what, times]);
  }
  return kept;
}

/** The same where their parts stand now. */
export function hitsOf(
  kept: readonly KeptHit[],
  source: Source,
  { parts }: WrittenParts,
): ReadonlyMap<string, Hit> | undefined {
  const hits = new Map<string, Hit>();
  for (const [part, offset, what, times] of kept) {
    const written = parts.get(part);
    if (written === undefined) return undefined;
    const start = written.start + offset;
    const place = { source, start, end: start, pointer: part };
    hits.set(`${placeKey(place)} ${what}`, { place, what, times });
  }
  return hits;
}

function sameText(a: Source, b: Source): boolean {
  return a.name === b.name && a.text !== undefined && a.text === b.text;
}
