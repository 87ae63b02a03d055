/** How a program that only passes records on wants them: one line each, whose bytes it takes as they are. */
export interface LineFormat {
  /** What stands before each record. */
  readonly head: string;
  /** What stands after it, with the end of the line. Asked for once a page. */
  readonly tail: () => string;
  /** Leave out fields of a record that are null. */
  readonly withoutNulls: boolean;
  /** Gives memory for so many bytes of lines, where it is used again for one page after the other. */
  readonly room?: (size: number) => Uint8Array;
}
