import type { CheckEvent } from './check.ts';
import type { Quiet } from './quiet.ts';
import type { Subject } from './subject.ts';

/** What a check says of a stream, which has to depend on nothing but the stream: as it was said before, where that is known. */
export async function* recalled(
  { memory, asking }: Subject,
  stream: string,
  ask: () => AsyncIterable<CheckEvent>,
): AsyncGenerator<CheckEvent> {
  if (memory === undefined || asking === undefined) return yield* ask();
  const known = memory.quiet(asking, stream);
  if (known !== undefined) return yield* known;
  const events: Quiet[] = [];
  let isQuiet = true;
  for await (const event of ask()) {
    if (event.kind === 'violation') isQuiet = false;
    else events.push(event);
    yield event;
  }
  // What is wrong is found anew each time: it has to be shown where it is now.
  if (isQuiet) memory.keepQuiet(asking, stream, events);
}
