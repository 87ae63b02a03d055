import type { Diagnostic } from '../error/diagnostic.ts';
import type { Registry } from '../language/registry.ts';
import type { ComponentAt } from './visit.ts';
import type { Whole } from './whole.ts';

/** What rules may use besides the component that they look at. */
export interface RuleContext {
  readonly registry: Registry;
  /** What the parts of a manifest say that matters to all of them; absent where only a part is looked at. */
  readonly whole?: Whole | undefined;
  /** Whether there is a file beside the manifest; absent when the manifest has no folder. */
  readonly hasFile?: ((path: string) => boolean) | undefined;
}

/** Looks at one component after the other, parents before children, and says what is wrong with it or around it. */
export type Rule = (at: ComponentAt, context: RuleContext) => Iterable<Diagnostic>;

/** Rules by the names by which findings tell them apart. */
export type Rules = Readonly<Record<string, Rule>>;
