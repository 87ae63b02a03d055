import type { Place } from './place.ts';

/** One finding about a manifest, made without a config. */
export interface Diagnostic {
  readonly severity: 'error' | 'warning';
  /** One or two sentences: what is wrong, the offending name in quotes, what was expected. */
  readonly message: string;
  /** The first place is where it is wrong; further ones are the other parties (a duplicate's first place, …). */
  readonly places: readonly Place[];
  /** Offset inside the value of the scalar at `places[0]`, for templates. */
  readonly offset?: number;
  /** JSON pointer in the manifest as read, after `$ref` and `$parameters`. */
  readonly pointer?: string;
  /** Name of the stream that cannot run because of it; absent when it concerns the whole manifest. */
  readonly stream?: string;
}
