import * as z from 'zod';
import { ConnectorError } from '../../error/connector-error.ts';
import { component } from '../../language/component.ts';
import { template } from '../../language/fields.ts';
import type { JsonObject } from '../../util/json/json.ts';
import { compileGet } from '../../util/path/dpath.ts';
import { compileSet } from '../../util/path/dpath-set.ts';
import { plainPath, wildcards } from './plain-path.ts';

/** Copies a value from a record to each of the items that it is expanded into. What the record lacks is null there. */
export const ParentFieldPath = component({
  family: 'ParentFieldPath',
  type: 'ParentFieldPath',
  doc: 'Copies a value from the record that is expanded to each of its items.',
  fields: () => ({
    parent_path: z.array(template()).min(1).describe('Fields of the record that lead to the value.'),
    record_path: z
      .array(template())
      .min(1)
      .describe('Fields of the item that lead to where the value goes; missing ones are made.'),
  }),
  *check({ parent_path, record_path }) {
    yield* wildcards(parent_path, 'parent_path');
    yield* wildcards(record_path, 'record_path');
  },
  make({ parent_path, record_path }, scope) {
    const get = compileGet(plainPath(parent_path, 'parent_path', scope), null);
    const path = plainPath(record_path, 'record_path', scope);
    const set = compileSet(path);
    return {
      copy(parent: JsonObject, item: JsonObject) {
        try {
          set(item, get(parent));
        } catch (cause) {
          throw new ConnectorError(
            `A value of the record cannot be copied to ${JSON.stringify(path)} of an item, which has something else than an object on the way there.`,
            { kind: 'config_error', nodes: [scope.place], cause },
          );
        }
      },
    };
  },
});
