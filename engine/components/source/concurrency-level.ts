import { component } from '../../language/component.ts';
import { wholeNumber, wholeNumberOrEmpty } from '../../language/field-types/whole-number.ts';
import { inspectTemplate } from '../../template/template.ts';

/**
 * A level that is written as a number is where a sync starts: it may rise as far as the maximum where the API's headers
 * tell what it allows. One that a template gives is the user's choice.
 */
export const ConcurrencyLevel = component({
  family: 'ConcurrencyLevel',
  type: 'ConcurrencyLevel',
  doc: 'How many slices are read at once.',
  fields: () => ({
    default_concurrency: wholeNumber().describe(
      'The level, usually taken from the config. Written as a number, it rises up to the maximum where the headers of the API tell how many calls it allows.',
    ),
    max_concurrency: wholeNumberOrEmpty()
      .optional()
      .describe('Upper bound of the level, whatever the config says.'),
  }),
  make({ default_concurrency, max_concurrency }, scope) {
    const wanted = default_concurrency(scope)();
    const most = max_concurrency?.(scope)() ?? wanted;
    const level = Math.max(1, Math.min(wanted, most));
    const isStart = inspectTemplate(default_concurrency.text).isPlain;
    return { level, ceiling: isStart ? Math.max(level, most) : level };
  },
});
