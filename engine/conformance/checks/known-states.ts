import { didYouMean } from '../../util/text/did-you-mean.ts';
import { defineCheck } from '../check.ts';
import { looked, violation } from '../events.ts';

export const knownStates = defineCheck({
  id: 'known-states',
  group: 'incremental',
  level: 'static',
  severity: 'error',
  doc: "each state of the folder's tests is of an incremental stream of the manifest, and holds its cursor field",
  async *run(subject) {
    const streams = new Map((await subject.streams()).map((stream) => [stream.name, stream]));
    for (const { stream: name, state, place } of subject.acceptance?.futureStates ?? []) {
      yield looked(name);
      const stream = streams.get(name);
      const cursor = stream?.definition?.cursorField;
      if (stream === undefined)
        yield violation(
          { place },
          `A state of "${name}" is given, and there is no such stream.${didYouMean(name, streams.keys())}`,
          // It may have been one, and does no harm.
          { severity: 'warning' },
        );
      else if (stream.definition !== undefined && cursor === undefined)
        yield violation({ place }, `A state of "${name}" is given, and the stream has no cursor.`, {
          stream: name,
        });
      else if (cursor !== undefined && !JSON.stringify(state).includes(`"${cursor}"`))
        yield violation({ place }, `The state of "${name}" does not have its cursor field "${cursor}".`, {
          stream: name,
          // A state migration may know what to make of it.
          severity: 'warning',
        });
    }
  },
});
