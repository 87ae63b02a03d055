export interface SchemaProblem {
  readonly path: readonly (string | number)[];
  /** Continues a sentence that begins with the path: "must be a string". Never holds the value, which may be a secret. */
  readonly message: string;
  /** The values that the schema allows here, in JSON, where it names them one by one. */
  readonly choices?: readonly string[];
}

/** Checks one value below the root; `path` leads to it. */
export type Check = (
  value: unknown,
  schema: unknown,
  path: readonly (string | number)[],
) => readonly SchemaProblem[];
