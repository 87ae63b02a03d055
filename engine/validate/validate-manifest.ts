import type { Manifest } from '../connector/load-manifest.ts';
import type { Diagnostic } from '../error/diagnostic.ts';
import type { RuleContext, Rules } from './rule.ts';
import { specifiedRules } from './specified-rules.ts';
import { type ComponentAt, componentTree, textIn, visit } from './visit.ts';

export interface ValidateOptions extends Omit<RuleContext, 'registry'> {
  /** The rules besides those of the fields; all of them by default. */
  readonly rules?: Rules;
}

/** Everything that is wrong in a manifest, found without a config in one walk over its components, in their order. */
export function validateManifest(
  { root, registry, diagnostics }: Manifest,
  { rules = specifiedRules, ...surroundings }: ValidateOptions = {},
): readonly Diagnostic[] {
  const context: RuleContext = { registry, ...surroundings };
  const found: Diagnostic[] = diagnostics.map((diagnostic) => ({ rule: 'manifest', ...diagnostic }));
  for (const at of visit(componentTree(root, 'Source', registry))) {
    const stream = streamOf(at);
    const within = stream === undefined ? {} : { stream };
    for (const diagnostic of at.diagnostics) found.push({ ...diagnostic, rule: 'fields', ...within });
    for (const [name, rule] of Object.entries(rules))
      for (const diagnostic of rule(at, context)) found.push({ ...diagnostic, rule: name, ...within });
  }
  return found;
}

/** The name of the stream of the manifest that a component is in; of a stream in a template nobody knows it yet. */
function streamOf(at: ComponentAt): string | undefined {
  let outermost: ComponentAt | undefined;
  for (let each: ComponentAt | undefined = at; each !== undefined; each = each.parent) {
    if (each.family === 'DynamicStream') return undefined;
    if (each.family === 'Stream') outermost = each;
  }
  return outermost && textIn(outermost, 'name');
}
