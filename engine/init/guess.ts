/** Something that is likely, how likely, and why. */
export interface Guess<T> {
  readonly value: T;
  /** 0 to 1. */
  readonly confidence: number;
  /** After "guess 0.7:". */
  readonly why: string;
}
