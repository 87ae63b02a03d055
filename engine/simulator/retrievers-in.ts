import { staticStreams } from '../validate/source-streams.ts';
import { type ComponentAt, childIn } from '../validate/visit.ts';
import { readerPartsOf } from './reader-parts.ts';
import type { World } from './world.ts';

/** What reads pages for the streams that stand in the manifest, in its order: a retriever, or those inside of a hook. */
export function retrieversIn(world: World): readonly ComponentAt[] {
  const [source] = world.components();
  if (source === undefined) return [];
  return staticStreams(source).flatMap((stream) => {
    const retriever = childIn(stream, 'retriever');
    if (retriever === undefined) return [];
    const inside = pageReadersIn(retriever);
    return inside.length === 0 ? [retriever] : inside;
  });
}

function pageReadersIn(at: ComponentAt): readonly ComponentAt[] {
  const { selector, requester } = readerPartsOf(at);
  if (selector !== undefined && requester !== undefined) return [at];
  return at.children.filter(({ family }) => family !== 'Stream').flatMap(pageReadersIn);
}
