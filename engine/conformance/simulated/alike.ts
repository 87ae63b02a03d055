import { type ManifestNode, toValue } from '../../manifest/node.ts';
import { toJsonText } from '../../util/json/to-json-text.ts';
import type { CheckEvent } from '../check.ts';
import { looked } from '../events.ts';
import type { Subject } from '../subject.ts';
import { askedOf, eachGlimpse, type Glimpse, type Simulated } from './each-stream.ts';

/** What a check of a stream depends on; undefined when it has nothing to look at there. */
export type Alike = (glimpse: Glimpse) => readonly (ManifestNode | string | undefined)[] | undefined;

/**
 * Asks each stream that is not written as one before it: what holds of that holds of this. Where something does not,
 * those that are written alike somewhere else are asked too, so that each place is named.
 */
export function eachUnlike(
  subject: Subject,
  alike: Alike,
  check: (simulated: Simulated) => Iterable<CheckEvent> | AsyncIterable<CheckEvent>,
): AsyncGenerator<CheckEvent> {
  const places = new Set<string>();
  const sound = new Set<string>();
  return eachGlimpse(subject, async function* (glimpse) {
    const parts = alike(glimpse);
    if (parts === undefined) return;
    const place = parts.map(placeOf).join('\n');
    const text = parts.map(textOf).join('\n');
    if (places.has(place) || sound.has(text)) {
      yield looked(glimpse.stream.name);
      return;
    }
    places.add(place);
    let isSound = true;
    for await (const event of askedOf(subject, glimpse.stream, check)) {
      if (event.kind === 'violation') isSound = false;
      yield event;
    }
    if (isSound) sound.add(text);
  });
}

/** Where it is written, which uses of one definition share. */
function placeOf(part: ManifestNode | string | undefined): string {
  if (part === undefined || typeof part === 'string') return part ?? 'the default';
  return `${part.place.source.name} ${part.place.start} ${part.place.pointer}`;
}

function textOf(part: ManifestNode | string | undefined): string {
  return part === undefined || typeof part === 'string' ? (part ?? 'the default') : toJsonText(toValue(part));
}
