import type { Environment, Filter } from './environment.ts';
import { cdkFilters } from './filters-cdk.ts';
import { selectFilters } from './filters-select.ts';
import { sequenceFilters } from './filters-sequence.ts';
import { textFilters } from './filters-text.ts';
import { valueFilters } from './filters-value.ts';
import type { Keywords } from './python-types.ts';
import { TemplateRuntimeError } from './template-error.ts';

const filters: Readonly<Record<string, Filter>> = {
  ...valueFilters,
  ...sequenceFilters,
  ...selectFilters,
  ...textFilters,
  ...cdkFilters,
};

export function runFilter(
  name: string,
  args: readonly unknown[],
  keywords: Keywords,
  environment: Environment,
): unknown {
  const filter = Object.hasOwn(filters, name) ? filters[name] : undefined;
  if (filter === undefined) throw new TemplateRuntimeError(`No filter named '${name}'.`);
  return filter(args, keywords, environment);
}
