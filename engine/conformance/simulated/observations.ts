import type { StreamState } from '../../contract/families.ts';
import { toJsonText } from '../../util/json/to-json-text.ts';
import { visit } from '../../validate/visit.ts';
import type { StreamAt, Subject } from '../subject.ts';
import { smallApiFor } from './api.ts';
import { whatIsPrinted } from './printed.ts';
import { type Run, runStream } from './run.ts';

// Readings of a stream that several checks look at, each made once, when the first of them asks for it. The first reading of
// all is `simulatedOnce`.

/** The same reading once more, at the same moment, with other random numbers. */
export interface SecondReading {
  readonly run: Run;
  /** What hooks have written to stdout meanwhile. */
  readonly printed: string;
}

export function secondReading(subject: Subject, stream: StreamAt): Promise<SecondReading> {
  return subject.shared(`second reading: ${stream.name}`, async () => {
    const read = () =>
      runStream(subject, stream, smallApiFor(subject, stream), { listens: false, random: () => 0.93 });
    // Templates and components of the language have nothing to print with.
    if (!hasHook(stream)) return { run: await read(), printed: '' };
    return whatIsPrinted(read);
  });
}

function hasHook({ at }: StreamAt): boolean {
  return visit(at).some(({ isHook }) => isHook);
}

/** A reading from a state on, at a moment: milliseconds since the epoch, that of the first reading by default. */
export function resumedFrom(
  subject: Subject,
  stream: StreamAt,
  state: StreamState,
  now: number = subject.now,
): Promise<Run> {
  return subject.shared(`resumed: ${stream.name} at ${now} from ${toJsonText(state)}`, () =>
    runStream(subject, stream, smallApiFor(subject, stream), { state, listens: false, now }),
  );
}
