import { addedFields, compileAdditions } from '../../language/added-fields.ts';
import { component } from '../../language/component.ts';
import type { ConfigTransformation } from '../../language/families.ts';

export const ConfigAddFields = component({
  family: 'ConfigTransformation',
  type: 'ConfigAddFields',
  doc: 'Adds fields to the config.',
  fields: addedFields,
  make(fields, scope) {
    const add = compileAdditions(fields, scope);
    return Object.freeze<ConfigTransformation>({
      transform: (config) => add(config, { config }),
    });
  },
});
