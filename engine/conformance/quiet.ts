/** Something was looked at, whatever came of it: a check that has looked at nothing has not passed. */
export interface Looked {
  readonly kind: 'looked';
  readonly stream?: string | undefined;
}

/** Something could not be looked at. The reason is a phrase: "its extractor is a hook". */
export interface NotRun {
  readonly kind: 'not-run';
  readonly stream?: string | undefined;
  readonly reason: string;
}

/** What a check says where it has found nothing wrong: it names no place. */
export type Quiet = Looked | NotRun;
