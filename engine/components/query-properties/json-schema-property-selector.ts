import * as z from 'zod';
import { component } from '../../language/component.ts';
import { slot } from '../../language/slots.ts';
import { cloneJson } from '../../util/json/clone-json.ts';
import { isObject } from '../../util/json/json.ts';

/** Keeps the properties that the configured catalog has in the schema of the stream. */
export const JsonSchemaPropertySelector = component({
  family: 'PropertySelector',
  type: 'JsonSchemaPropertySelector',
  doc: 'Asks only for properties that the configured catalog selects.',
  fields: () => ({
    transformations: z
      .array(slot('Transformation'))
      .optional()
      .describe('Applied to the properties of the schema before they are compared.'),
  }),
  make({ transformations = [] }, scope) {
    const applied = transformations.map((transformation) => transformation(scope));
    let selected: ReadonlySet<string> | undefined;

    /** Undefined without a catalog: then all properties are requested. */
    function selection(): ReadonlySet<string> | undefined {
      const schema = scope.sync.catalogSchema?.(scope.stream?.name ?? '');
      if (schema === undefined) return undefined;
      const properties = cloneJson(isObject(schema.properties) ? schema.properties : {});
      for (const transformation of applied) transformation.transform(properties, {});
      return new Set(Object.keys(properties));
    }

    return {
      async prepare() {
        await Promise.all(applied.map((transformation) => transformation.prepare?.()));
      },
      select(properties) {
        selected ??= selection();
        return selected === undefined ? properties : properties.filter((name) => selected?.has(name));
      },
    };
  },
});
