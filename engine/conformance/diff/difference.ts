/**
 * What a difference means for whoever has synced with the manifest before. `breaking`: something that was there is gone, or
 * means something else. `additive`: there is more. `changed`: it is done in another way, and comes to the same.
 */
export type DifferenceKind = 'breaking' | 'additive' | 'changed';

export type Aspect = 'spec' | 'stream' | 'key' | 'schema' | 'requests' | 'records' | 'state' | 'definition';

export interface Difference {
  /** Absent where it concerns all of them: the config. */
  readonly stream?: string;
  readonly aspect: Aspect;
  readonly kind: DifferenceKind;
  readonly message: string;
}

export interface Comparison {
  readonly differences: readonly Difference[];
  /** Streams that are the same in every aspect. */
  readonly same: readonly string[];
  /** Streams of which only the declaration could be compared, and why. */
  readonly unread: readonly { readonly stream: string; readonly reason: string }[];
}
