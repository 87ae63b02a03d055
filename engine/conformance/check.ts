import type { Place } from '../error/place.ts';
import type { Level } from './level.ts';
import type { Looked, NotRun } from './quiet.ts';
import type { Subject } from './subject.ts';

/** `note` is never a failure: a figure that somebody may want to read. */
export type Severity = 'error' | 'warning' | 'note';

export type Group =
  | 'spec'
  | 'catalog'
  | 'requests'
  | 'pages'
  | 'records'
  | 'incremental'
  | 'errors'
  | 'protocol';

/** Something that does not hold. */
export interface Violation {
  readonly kind: 'violation';
  /** One or two sentences: what is wrong, names in quotes, what was expected. */
  readonly message: string;
  /** Where in the manifest; further places are those of other parties. */
  readonly places: readonly Place[];
  /** Offset inside the value of the scalar at `places[0]`, for templates. */
  readonly offset?: number | undefined;
  /** The stream that it concerns; absent when it concerns the manifest as a whole. */
  readonly stream?: string | undefined;
  /** Where it differs from that of the check. */
  readonly severity?: Severity;
  /** The rule of `validate` that has found it. */
  readonly rule?: string | undefined;
}

export type { Looked, NotRun };

export type CheckEvent = Violation | Looked | NotRun;

/** One thing that is asked of every manifest, without a test file. */
export interface Check {
  /** As it is named in reports and under `skip`. */
  readonly id: string;
  readonly group: Group;
  readonly level: Level;
  /** Of its violations. */
  readonly severity: Severity;
  /** Checks, and rules of `validate`, whose findings at the same place are of the same cause, with weaker evidence. */
  readonly saysMoreThan?: readonly string[];
  /** It only tells that a stream differs from others: what others find at the same place is what is wrong there. */
  readonly comparesStreams?: true;
  /** It tells that the whole fails, and then at which places: an error that others find at one of those is why. */
  readonly tellsOutcome?: true;
  /** Half a sentence, after "passes when": the list of checks is made of them. */
  readonly doc: string;
  /** What it throws is a failure of the check. */
  readonly run: (subject: Subject) => Iterable<CheckEvent> | AsyncIterable<CheckEvent>;
}

export function defineCheck(check: Check): Check {
  return Object.freeze(check);
}
