import type { Validator } from '../../contract/families.ts';
import { component } from '../../language/component.ts';
import { nestedTemplate } from '../../language/fields.ts';
import { slot } from '../../language/slots.ts';

export const PredicateValidator = component({
  family: 'Validator',
  type: 'PredicateValidator',
  doc: 'Checks a value, most often a template over the config.',
  fields: () => ({
    value: nestedTemplate().optional().describe('The value to check.'),
    validation_strategy: slot('ValidationStrategy', 'ValidateAdheresToSchema').describe(
      'What the value must be.',
    ),
  }),
  make(fields, scope) {
    const value = fields.value?.(scope);
    const strategy = fields.validation_strategy(scope);
    return Object.freeze<Validator>({
      validate(input) {
        strategy.validate(value?.({ config: input }) ?? null);
      },
    });
  },
});
