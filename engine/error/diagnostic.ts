import type { Place } from './place.ts';

/** One finding about a manifest, made without a config. */
export interface Diagnostic {
  readonly severity: 'error' | 'warning';
  /** One or two sentences: what is wrong, the offending name in quotes, what was expected. */
  readonly message: string;
  /** Where it is wrong; further places are those of other parties (the first of two duplicates, …). */
  readonly places: readonly Place[];
  /** Offset inside the value of the scalar at `places[0]`, for templates. */
  readonly offset?: number | undefined;
  /** JSON pointer in the manifest as read, after `$ref` and `$parameters`. */
  readonly pointer?: string;
  /** The name of the rule that found it. */
  readonly rule?: string;
  /** The stream that cannot run because of it; absent when it concerns the whole manifest. */
  readonly stream?: string | undefined;
}
