import { type ComponentAt, visit } from '../validate/visit.ts';
import { once } from './once.ts';

/** All streams of a manifest, those that are only parents and those of templates too, each as often as it is written. */
export function* streamsIn(source: ComponentAt): Generator<ComponentAt> {
  const isNew = once();
  for (const at of visit(source)) if (at.family === 'Stream' && isNew(at.node)) yield at;
}
