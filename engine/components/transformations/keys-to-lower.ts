import { component } from '../../language/component.ts';
import type { JsonObject } from '../../util/json/json.ts';
import { setField } from '../../util/json/set-field.ts';

/** Writes the top-level keys of a record in lower case. */
export const KeysToLower = component({
  family: 'Transformation',
  type: 'KeysToLower',
  doc: 'Writes the keys of a record in lower case.',
  fields: () => ({}),
  make() {
    return Object.freeze({
      transform(record: JsonObject) {
        for (const key of Object.keys(record)) {
          const lower = key.toLowerCase();
          if (lower === key) continue;
          setField(record, lower, record[key]);
          delete record[key];
        }
      },
    });
  },
});
