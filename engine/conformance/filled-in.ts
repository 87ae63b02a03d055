import { parametersOf } from '../language/compile.ts';
import { readPaths } from '../simulator/read-paths.ts';
import { createTemplates } from '../template/template.ts';
import { virtualClock } from '../time/virtual-clock.ts';
import { tryTo } from '../util/flow/try-to.ts';
import type { ComponentAt } from '../validate/visit.ts';

const templates = createTemplates({ clock: virtualClock(0) });

/**
 * A text of a component as its `$parameters` make it. Undefined where it depends on more than these, and so is only known when
 * it runs.
 */
export function filledIn(text: string, at: ComponentAt | undefined): string | undefined {
  if (!text.includes('{{') && !text.includes('{%')) return text;
  const reads = readPaths(text);
  if (at === undefined || reads.length === 0 || reads.some(({ name }) => name !== 'parameters'))
    return undefined;
  return tryTo(() => String(templates.string(text)({ config: {}, parameters: parametersOf(at.node) })));
}
