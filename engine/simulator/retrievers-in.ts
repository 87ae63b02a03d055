import { staticStreams } from '../validate/source-streams.ts';
import { type ComponentAt, childIn } from '../validate/visit.ts';
import type { World } from './world.ts';

/** The retrievers of the streams that stand in the manifest, in its order. */
export function retrieversIn(world: World): readonly ComponentAt[] {
  const [source] = world.components();
  if (source === undefined) return [];
  return staticStreams(source).flatMap((stream) => childIn(stream, 'retriever') ?? []);
}
