import type { Diagnostic } from '../../error/diagnostic.ts';

/** What was found in one manifest. */
export interface Report {
  readonly file: string;
  readonly findings: readonly Diagnostic[];
}
