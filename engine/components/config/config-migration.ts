import * as z from 'zod';
import type { ConfigTransformation } from '../../contract/families.ts';
import { component } from '../../language/component.ts';
import { slot } from '../../language/slots.ts';

export const ConfigMigration = component({
  family: 'ConfigMigration',
  type: 'ConfigMigration',
  doc: 'Brings the config of an older version of the connector up to date; the platform stores the result.',
  fields: () => ({
    description: z.string().optional().describe('What the migration is for.'),
    transformations: z.array(slot('ConfigTransformation')).describe('The changes, in order.'),
  }),
  make(fields, scope) {
    const transformations = fields.transformations.map((transformation) => transformation(scope));
    return Object.freeze<ConfigTransformation>({
      transform(config) {
        for (const transformation of transformations) transformation.transform(config);
      },
    });
  },
});
