import * as z from 'zod';
import type { Validator } from '../../contract/families.ts';
import { component } from '../../language/component.ts';
import { template } from '../../language/fields.ts';
import { slot } from '../../language/slots.ts';
import { compileValues } from '../../util/path/dpath.ts';

export const DpathValidator = component({
  family: 'Validator',
  type: 'DpathValidator',
  doc: 'Checks the values at a path of the config; a config without them is not checked.',
  fields: () => ({
    field_path: z.array(template()).min(1).describe('Path of the values; "*" stands for every item.'),
    validation_strategy: slot('ValidationStrategy', 'ValidateAdheresToSchema').describe(
      'What the values must be.',
    ),
  }),
  make(fields, scope) {
    const path = fields.field_path.map((step) => step(scope));
    const strategy = fields.validation_strategy(scope);
    return Object.freeze<Validator>({
      validate(input) {
        const steps = path.map((step) => String(step({ config: input })));
        const values = compileValues(steps)(input);
        if (values.length === 0) scope.sync.log('INFO', `The config has no "${steps.join('.')}" to check.`);
        for (const value of values) strategy.validate(value);
      },
    });
  },
});
