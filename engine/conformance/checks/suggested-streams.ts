import { nodeAt } from '../../manifest/node-at.ts';
import { didYouMean } from '../../util/text/did-you-mean.ts';
import { defineCheck } from '../check.ts';
import { connectorMetadata } from '../connector-metadata.ts';
import { looked, violation } from '../events.ts';
import { listOf } from '../schema-walk.ts';

export const suggestedStreams = defineCheck({
  id: 'suggested-streams',
  group: 'catalog',
  level: 'static',
  severity: 'error',
  doc: 'the `suggestedStreams` of the metadata are streams of the manifest',
  async *run(subject) {
    const names = (await subject.streams()).map(({ name }) => name);
    const makesStreams = subject.source.children.some(({ family }) => family === 'DynamicStream');
    for (const metadata of connectorMetadata(subject)) {
      const suggested = nodeAt(metadata, ['suggestedStreams', 'streams']);
      if (suggested.kind !== 'sequence') continue;
      for (const node of listOf(suggested)) {
        const name = node.kind === 'scalar' ? String(node.value) : '';
        yield looked(name);
        if (names.includes(name) || makesStreams) continue;
        yield violation(node, `There is no stream "${name}" to suggest.${didYouMean(name, names)}`);
      }
    }
  },
});
