import { fieldOf } from '../manifest/node.ts';
import { isTimestampFormat } from '../time/datetime-format.ts';
import { type ComponentAt, childIn, textIn } from '../validate/visit.ts';
import { addedFields } from './added-fields.ts';
import { textOf } from './datetime-formats.ts';
import { recordFormats } from './record-formats.ts';
import { type SchemaNode, textsOf } from './schema-walk.ts';
import { type Kind, kindsOfTypes } from './value-kinds.ts';

// Where something else than its name says of what type a field is.

/**
 * Whether a field is what one alternative of an object adds to the others, by the name of the choice: `email: { … }`
 * beside `type: { enum: [email] }`. It holds the settings of that choice, and is none itself.
 */
export function isOfChoice({ node, path, parent }: SchemaNode): boolean {
  const properties = parent?.isAlternative === true ? fieldOf(parent.node, 'properties') : undefined;
  if (properties?.kind !== 'mapping') return false;
  return [...properties.entries.values()].some(
    ({ value }) =>
      value !== node &&
      ['enum', 'const'].some((word) => textsOf(fieldOf(value, word)).includes(path.at(-1) ?? '')),
  );
}

/** Whether a stream makes the values of a field of such a kind itself, by a transformation, or reads them as such by its cursor. */
export function isMadeSo(stream: ComponentAt, path: readonly string[], kind: Kind): boolean {
  // Of a stream that has others in its place, by whether there is a state.
  const instead = stream.children.filter(({ family }) => family === 'Stream');
  return [stream, ...instead].some((each) => makes(each, path, kind));
}

function makes(stream: ComponentAt, path: readonly string[], kind: Kind): boolean {
  return (kind === 'number' && countsBy(stream, path)) || addsSo(stream, path, kind);
}

function countsBy(stream: ComponentAt, path: readonly string[]): boolean {
  const cursor = childIn(stream, 'incremental_sync');
  const isCursor = cursor !== undefined && path.length === 1 && textIn(cursor, 'cursor_field') === path[0];
  return isCursor && recordFormats(cursor).some((format) => isTimestampFormat(textOf(format)));
}

function addsSo(stream: ComponentAt, path: readonly string[], kind: Kind): boolean {
  return [...addedFields(stream)].some(({ definition, path: added }) => {
    const type = textOf(fieldOf(definition, 'value_type'));
    return kindsOfTypes[type] === kind && added.join('.') === path.join('.');
  });
}
