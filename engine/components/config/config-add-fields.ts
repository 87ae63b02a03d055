import type { ConfigTransformation } from '../../contract/families.ts';
import { addedFields, compileAdditions } from '../../language/added-fields.ts';
import { component } from '../../language/component.ts';

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
