import { written } from '../../validate/visit.ts';
import { defineCheck } from '../check.ts';
import { looked, violation } from '../events.ts';

export const catalog = defineCheck({
  id: 'catalog',
  group: 'catalog',
  level: 'static',
  severity: 'error',
  doc: 'there is at least one stream, and no two have the same name',
  async *run(subject) {
    const { source } = subject;
    yield looked();
    const streams = await subject.streams();
    const makesStreams = source.children.some(({ family }) => family === 'DynamicStream');
    if (streams.length === 0 && !makesStreams)
      yield violation(source.node, 'The manifest has no stream, so its catalog is empty.');
    const first = new Map<string, (typeof streams)[number]>();
    for (const stream of streams) {
      const other = first.get(stream.name);
      if (other === undefined) first.set(stream.name, stream);
      // Of two under a condition, a config may have one.
      else if (stream.at.parent === other.at.parent)
        yield violation(
          written(stream.at, 'name') ?? stream.at.node,
          `There are two streams named "${stream.name}", and a catalog can list one.`,
          { stream: stream.name, also: [(written(other.at, 'name') ?? other.at.node).place] },
        );
    }
  },
});
