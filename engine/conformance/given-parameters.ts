import { parametersOf } from '../language/compile.ts';
import type { MappingNode } from '../manifest/node.ts';

/** `parameters['cursor_field']`, `parameters.cursor_field`, and `parameters.get('cursor_field', 'updated_at')`. */
const reads =
  /(?<![\w.'"$])parameters(?:\[\s*(?:'(\w+)'|"(\w+)")\s*\]|\.get\(\s*(?:'(\w+)'|"(\w+)")\s*(?:,\s*(?:'([^'\\]*)'|"([^"\\]*)")\s*)?\)|\.(\w+)(?![\w(]))/g;

/**
 * A template with the texts that it reads of its `$parameters` written out, as in `record['updated_at']` for
 * `record[parameters['cursor_field']]`, and what is nothing else as that text itself. What is not given stays as it is.
 */
export function withParameters(text: string, component: MappingNode): string {
  if (!text.includes('parameters')) return text;
  const given = parametersOf(component);
  const filled = text.replace(reads, (whole, ...groups: readonly (string | undefined)[]) => {
    const [a, b, c, d, e, f, g] = groups;
    const value = given[a ?? b ?? c ?? d ?? g ?? ''] ?? e ?? f;
    return typeof value === 'string' && !/['"\\{}]/.test(value) ? `'${value}'` : whole;
  });
  return /^\s*\{\{\s*'([^']*)'\s*\}\}\s*$/.exec(filled)?.[1] ?? filled;
}
