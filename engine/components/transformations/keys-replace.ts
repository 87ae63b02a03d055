import type { RecordContext } from '../../contract/families.ts';
import { component } from '../../language/component.ts';
import { template } from '../../language/fields.ts';
import { pyStr } from '../../template/python-values.ts';
import type { JsonObject } from '../../util/json/json.ts';
import { renameKeys } from './rename-keys.ts';
import { transformContext } from './transform-context.ts';

/** Replaces a piece of text in the keys of a record and of the objects in it. */
export const KeysReplace = component({
  family: 'Transformation',
  type: 'KeysReplace',
  doc: 'Replaces a piece of text in the keys of a record.',
  fields: () => ({
    old: template().describe('Text to be replaced.'),
    new: template().describe('Text to put in its place.'),
  }),
  make(fields, scope) {
    const oldText = fields.old(scope);
    const newText = fields.new(scope);
    return Object.freeze({
      transform(record: JsonObject, recordContext: RecordContext) {
        const context = transformContext(record, recordContext);
        const from = pyStr(oldText(context));
        const to = pyStr(newText(context));
        renameKeys(record, (key) => (key.includes(from) ? key.replaceAll(from, () => to) : key));
      },
    });
  },
});
