import type { Manifest } from '../connector/load-manifest.ts';
import type { Diagnostic } from '../error/diagnostic.ts';
import { isReplaced } from './replaced-values.ts';
import type { RuleContext, Rules } from './rule.ts';
import { specifiedRules } from './specified-rules.ts';
import { type ComponentAt, sourceTree, textIn, visit } from './visit.ts';
import { type Contribution, contributionOf, ownContribution, type Whole, wholeOf } from './whole.ts';

export type HasFile = NonNullable<RuleContext['hasFile']>;

/** What was said of parts of a manifest before it was changed elsewhere. */
export interface Memory {
  /** What a child of the source contributes; `read` finds it out. */
  contribution(child: ComponentAt, read: () => Contribution): Contribution;
  /** What is wrong in a child of the source; `find` finds it out for the child that it is given. */
  findings(
    child: ComponentAt,
    whole: Whole,
    find: (child: ComponentAt, hasFile: HasFile | undefined) => readonly Diagnostic[],
  ): readonly Diagnostic[];
}

export interface ValidateOptions extends Pick<RuleContext, 'hasFile'> {
  /** The rules besides those of the fields; all of them by default. */
  readonly rules?: Rules;
  readonly memory?: Memory | undefined;
}

/** Everything that is wrong in a manifest, found without a config in one walk over its components, in their order. */
export function validateManifest(
  { root, registry, diagnostics }: Manifest,
  { rules = specifiedRules, hasFile, memory }: ValidateOptions = {},
): readonly Diagnostic[] {
  const source = sourceTree(root, registry);
  const parts = source.children.map((child) => {
    const read = () => contributionOf(child);
    return memory === undefined ? read() : memory.contribution(child, read);
  });
  const whole = wholeOf(source, [ownContribution(source), ...parts]);
  const context: RuleContext = { registry, whole, hasFile };
  const named = Object.entries(rules);
  const find = (child: ComponentAt, has: HasFile | undefined) => {
    const within = { ...context, hasFile: has };
    return visit(child).flatMap((at) => findingsAt(at, named, within));
  };
  return [
    ...diagnostics.map((diagnostic) => ({ rule: 'manifest', ...diagnostic })),
    ...findingsAt(source, named, context),
    ...source.children.flatMap((child) => memory?.findings(child, whole, find) ?? find(child, hasFile)),
  ];
}

function findingsAt(
  at: ComponentAt,
  rules: readonly (readonly [string, Rules[string]])[],
  context: RuleContext,
): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  for (const diagnostic of at.diagnostics)
    if (!isReplaced(at, diagnostic.places[0])) found.push({ ...diagnostic, rule: 'fields' });
  for (const [name, rule] of rules)
    for (const diagnostic of rule(at, context)) found.push({ ...diagnostic, rule: name });
  const stream = found.length === 0 ? undefined : streamOf(at);
  return stream === undefined ? found : found.map((diagnostic) => ({ ...diagnostic, stream }));
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
