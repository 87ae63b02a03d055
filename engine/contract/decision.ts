import type { Place } from '../error/place.ts';
import type { JsonObject } from '../util/json/json.ts';
import type { FilterCriterion, ResponseAction } from './errors.ts';
import type { Slice } from './slice.ts';

// What a sync decides, for those who ask why: previews, coverage, explanations. Nothing is told unless somebody listens.

/** One decision: what was decided, where the manifest says so, and for which page of which slice. */
export interface DecisionOf<K extends DecisionKind> {
  readonly kind: K;
  /** The part of the manifest that decided; undefined where nothing is written, such as for defaults. */
  readonly place: Place | undefined;
  /** The stream it was decided for, which may be a parent; undefined outside of streams. */
  readonly stream: string | undefined;
  /** The slice as the stream's cursor handed it out. Undefined where it is not known. */
  readonly slice: Slice | undefined;
  /** Which page of the slice, from 1. Undefined where it is not known. */
  readonly page: number | undefined;
  readonly outcome: Outcomes[K];
  /** The primary key of the record that was decided upon: its values by name (paths are joined by dots). */
  readonly recordKey?: JsonObject | undefined;
}

export type Decision = { readonly [K in DecisionKind]: DecisionOf<K> }[DecisionKind];

export type OnDecision = (decision: Decision) => void;

export type DecisionKind = keyof Outcomes;

/** What was decided, by kind. */
export interface Outcomes {
  /** A partition was handed out: one part of the stream, before it is cut into windows. */
  readonly partition: { readonly partition: JsonObject };
  /** A slice is not read. */
  readonly 'cursor.skip': { readonly reason: CursorSkipReason };
  /** The records of a page have been looked at. */
  readonly 'page.read': {
    /** Records that the API gave. */
    readonly found: number;
    /** Those that filters and cursors left out. */
    readonly dropped: number;
    readonly emitted: number;
  };
  /** No page follows this one. */
  readonly 'page.stop': { readonly reason: PageStopReason };
  /** A record is not emitted. `record` is what was looked at. */
  readonly 'record.drop': { readonly by: 'record_filter' | 'cursor'; readonly record: unknown };
  /** What an answer means, and which filter of the error handler said so. No place: the default for its status. */
  readonly 'filter.match': {
    readonly action: ResponseAction;
    /** Undefined when there was no answer. */
    readonly status: number | undefined;
    /** Which field of the filter matched; `status` for the default. */
    readonly by: FilterCriterion | 'status';
    /** Which attempt at the request it was, from 1. */
    readonly attempt: number;
  };
  /** A request waits before it is sent, or sent again. */
  readonly 'backoff.wait': {
    readonly seconds: number;
    /** Who decided how long: a backoff strategy, the rule for rate limits, the default, or the API budget. */
    readonly by: 'strategy' | 'rate limit' | 'default' | 'budget';
  };
  /** A template went one of several ways. The place is that of its text. */
  readonly 'template.branch': TemplateBranch;
  /** A request was answered without asking the API. */
  readonly 'cache.hit': { readonly method: string; readonly url: string; readonly status: number };
}

/** Why no page follows: the whole list. */
export type PageStopReason =
  /** The stream has no paginator: one request reads a slice. */
  | 'no paginator'
  /** A job has one file of results, which was read whole. */
  | 'whole download'
  /** `stop_condition` is true. */
  | 'condition'
  /** The page has no records. */
  | 'empty page'
  /** The page has fewer records than the page size. */
  | 'short page'
  /** The strategy found no token for another page. */
  | 'no token'
  /** The API answers with the same page again and again. */
  | 'repeated token'
  /** As many pages were read as are allowed. */
  | 'limit'
  /** The page of a data feed ends with a record that the state covers. */
  | 'old record'
  /** The error handler ignores the answer, which has no records then. */
  | 'ignored error';

export type CursorSkipReason =
  /** Its partition was handed out before. */
  | 'repeated partition'
  /** The state covers everything until now. */
  | 'nothing left';

export interface TemplateBranch {
  /** The whole template. */
  readonly text: string;
  /** Where in `text` the choice is written. */
  readonly offset: number;
  /**
   * What chose: a field that is a condition (its arms: true, false), an `if` statement (the number of the arm that was
   * rendered, from 0, or else), an inline `if` (then, else), an `and` or an `or` (which side was the result).
   */
  readonly of: 'condition' | 'if' | 'inline if' | 'and' | 'or';
  readonly arm: 'true' | 'false' | 'then' | 'else' | 'left' | 'right' | number;
}
