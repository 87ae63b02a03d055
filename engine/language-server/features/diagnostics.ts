import type { Manifest } from '../../connector/load-manifest.ts';
import { type FindingsOptions, findingsIn } from '../../connector/manifest-findings.ts';
import { isConnectorError } from '../../error/connector-error.ts';
import type { Diagnostic } from '../../error/diagnostic.ts';
import { offsetInText } from '../../error/scalar-offset.ts';

export interface Problem {
  readonly start: number;
  readonly end: number;
  readonly severity: Diagnostic['severity'];
  readonly message: string;
  readonly rule: string | undefined;
}

/** What `validate` finds in a manifest, at its place in the text. `load` throws ConnectorError where the text is none. */
export async function problemsIn(
  load: () => Promise<Manifest>,
  options: Pick<FindingsOptions, 'path' | 'hasBundledSchema' | 'memory'>,
): Promise<readonly Problem[]> {
  try {
    return findingsIn(await load(), options).map(problemOf);
  } catch (error) {
    if (!isConnectorError(error)) throw error;
    return [problemOf({ severity: 'error', message: error.message, places: error.nodes, rule: 'manifest' })];
  }
}

function problemOf({ severity, message, places: [place], offset, rule }: Diagnostic): Problem {
  if (place === undefined) return { start: 0, end: 0, severity, message, rule };
  const start = offset === undefined ? place.start : (offsetInText(place, offset) ?? place.start);
  const text = place.source.text ?? '';
  // A mapping of many lines is not underlined as a whole.
  const lineEnd = text.indexOf('\n', start);
  const end = Math.min(place.end, lineEnd === -1 ? text.length : lineEnd);
  return { start, end: Math.max(start, end), severity, message, rule };
}
