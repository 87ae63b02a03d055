import type { SchemaLoader } from '../../contract/families.ts';
import type { Scope } from '../../contract/scope.ts';
import { makeDefault, type Slot } from '../../language/slots.ts';
import { isObject, type JsonObject } from '../../util/json/json.ts';
import { messageOf } from '../../util/text/message-of.ts';

/**
 * The schema of a stream. Of several loaders, the first to name a property wins. Without a loader it is the file with
 * the stream's name, or nothing.
 */
export function composeSchemas(
  slots: Slot<'SchemaLoader'> | readonly Slot<'SchemaLoader'>[] | undefined,
  name: string,
  scope: Scope,
): SchemaLoader {
  if (slots === undefined) return fileOfName(name, scope);
  if (typeof slots === 'function') return slots(scope);
  const loaders = slots.map((slot) => slot(scope));
  return {
    isRemote: loaders.some(({ isRemote }) => isRemote === true),
    async load() {
      const properties: JsonObject = {};
      for (const loader of loaders) {
        const { properties: found } = await loader.load();
        for (const [property, schema] of Object.entries(isObject(found) ? found : {}))
          properties[property] ??= schema;
      }
      return { $schema: 'http://json-schema.org/draft-07/schema#', type: ['null', 'object'], properties };
    },
  };
}

function fileOfName(name: string, scope: Scope): SchemaLoader {
  const loader = makeDefault('SchemaLoader', 'JsonFileSchemaLoader', scope, { name, ...scope.parameters });
  return {
    async load() {
      try {
        return await loader.load();
      } catch (error) {
        scope.sync.log('INFO', `Stream "${name}" has no schema (${messageOf(error)}); it is left open.`);
        return {};
      }
    },
  };
}
