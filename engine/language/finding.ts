/** What a component says is wrong between its own fields; where it stands in the manifest is added by the reader. */
export interface Finding {
  /** A whole sentence: what is wrong, the names in quotes, what to do. */
  readonly message: string;
  /** Steps from the component to the value that is wrong; the component itself by default. */
  readonly at?: readonly (string | number)[];
  /** Offset in the text at that place, for templates. */
  readonly offset?: number | undefined;
}
