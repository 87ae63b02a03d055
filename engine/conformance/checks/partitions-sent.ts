import { textsBelow } from '../../manifest/walk.ts';
import { keyOf } from '../../simulator/answers.ts';
import { toJsonText } from '../../util/json/to-json-text.ts';
import type { ComponentAt } from '../../validate/visit.ts';
import { defineCheck } from '../check.ts';
import { looked, violation } from '../events.ts';
import { eachStream } from '../simulated/each-stream.ts';
import { fieldIn, partsOf } from '../simulated/places.ts';

export const partitionsSent = defineCheck({
  id: 'partitions-sent',
  group: 'requests',
  level: 'simulated',
  severity: 'warning',
  doc: 'requests for different partitions are different: their paths, parameters or bodies say which one is meant',
  run: (subject) =>
    eachStream(subject, function* ({ stream, run }) {
      const { router, requester } = partsOf(stream);
      if (router === undefined || requester === undefined || mayTakeConfig(requester)) return;
      const asked = new Map<string, string>();
      const seen = new Set<string>();
      for (const { request, about } of run.asked) {
        const partition = toJsonText(about.slice.partition);
        // The first page and window of each.
        if (about.stream !== stream.name || partition === '{}' || seen.has(partition)) continue;
        seen.add(partition);
        const key = `${keyOf(request)} ${toJsonText(request.headers)}`;
        const other = asked.get(key);
        if (other !== undefined && other !== partition) {
          yield violation(
            fieldIn(requester, 'path', 'url', 'url_base'),
            `Stream "${stream.name}" asks for the partitions ${other.slice(0, 100)} and ${partition.slice(0, 100)} by the same request: nothing in it says which one is meant.`,
            { stream: stream.name, also: [router.node.place] },
          );
          return;
        }
        asked.set(key, partition);
      }
      if (asked.size > 0) yield looked(stream.name);
    }),
});

/** `config['id'] or stream_partition['id']`: which of them is asked for is the config's matter. */
function mayTakeConfig({ node }: ComponentAt): boolean {
  return [...textsBelow(node)].some(({ value }) =>
    /\bconfig\b[^}]* or [^}]*\bstream_(?:partition|slice)\b|\bstream_(?:partition|slice)\b[^}]* if [^}]*\bconfig\b/.test(
      value,
    ),
  );
}
