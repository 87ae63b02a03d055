import { fieldOf } from '../../manifest/node.ts';
import { nodeAt } from '../../manifest/node-at.ts';
import { isKnownType } from '../airbyte-types.ts';
import { type CheckEvent, defineCheck } from '../check.ts';
import { eachSchema } from '../each-schema.ts';
import { violation } from '../events.ts';
import { typeNode } from '../schema-fields.ts';
import { fieldsOf, typesIn } from '../schema-paths.ts';
import { type SchemaNode, schemasIn, typesOf } from '../schema-walk.ts';

const jsonTypes = new Set(['array', 'boolean', 'integer', 'number', 'object', 'string']);

export const schemaTypes = defineCheck({
  id: 'schema-types',
  group: 'catalog',
  level: 'static',
  severity: 'warning',
  saysMoreThan: ['field-types'],
  doc: "each field has a type, format and `airbyte_type` that Airbyte's table of types has together, and no keyword of another type",
  run: (subject) =>
    eachSchema(subject, function* ({ value, node }, { name, at }) {
      for (const schema of schemasIn(node)) yield* otherType(schema, name);
      for (const [path, field] of fieldsOf(value)) {
        const types = typesIn(field).filter((type) => type !== 'null');
        const given = textOf(field['format']);
        const isPlain = given !== undefined && plainFormats[given]?.some((type) => types.includes(type));
        const format = isPlain === true ? undefined : given;
        const airbyteType = textOf(field['airbyte_type']);
        // With several types, the format is that of the texts among them.
        const odd = types.find((type) => {
          const isText = type === 'string' || types.length === 1;
          return !isKnownType({ type, ...(isText && { format, airbyteType }) });
        });
        if (format !== undefined && textFormats.has(format) && !types.includes('string')) continue;
        // What is no type at all is told by `schema-valid`.
        if (odd === undefined || !jsonTypes.has(odd)) continue;
        const said = [odd, format && `format ${format}`, airbyteType && `airbyte_type ${airbyteType}`];
        const place =
          node &&
          nodeAt(
            node,
            path.flatMap((step) => ['properties', step]),
          );
        yield violation(
          place === undefined ? at.node : typeNode(place),
          `"${path.join('.')}" of stream "${name}" is described as ${said.filter(Boolean).join(', ')}, which destinations do not know together.`,
          { stream: name },
        );
      }
    }),
});

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** Keywords that only values of one type have. */
const keywords = [
  ['items', 'array'],
  ['properties', 'object'],
  ['pattern', 'string'],
  ['minLength', 'string'],
  ['maxLength', 'string'],
] as const;

/** The formats of JSON schema that say how a text is written. */
const textFormats: ReadonlySet<string> = new Set([
  'date',
  'date-time',
  'time',
  'duration',
  'email',
  'hostname',
  'ipv4',
  'ipv6',
  'uri',
  'uri-reference',
  'url',
  'uuid',
]);

/** Formats of JSON schema and OpenAPI that destinations leave aside: the type alone says what they need. */
const plainFormats: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(
    [...textFormats]
      .filter((format) => !/^(?:date|time|date-time)$/.test(format))
      .map((format) => [format, ['string']]),
  ),
  int32: ['integer', 'number'],
  int64: ['integer', 'number'],
  float: ['number'],
  double: ['number'],
};

/** A type that makes what is described beside it, or the name of the field, impossible. */
function* otherType({ node, path }: SchemaNode, stream: string): Generator<CheckEvent> {
  const types = typesOf(node).filter((type) => type !== 'null');
  if (types.length === 0) return;
  const name = path.at(-1) ?? '';
  const at = typeNode(node);
  for (const [keyword, type] of keywords)
    if (fieldOf(node, keyword) !== undefined && !types.includes(type))
      yield violation(
        at,
        `${path.length === 0 ? 'A record' : `"${path.join('.')}"`} of stream "${stream}" has "${keyword}", which only ${/^[ao]/.test(type) ? 'an' : 'a'} ${type} has, and is of the type ${types.join(', ')}.`,
        { stream },
      );
  const format = fieldOf(node, 'format');
  if (format?.kind === 'scalar' && textFormats.has(String(format.value)) && !types.includes('string'))
    yield violation(
      at,
      `"${path.join('.')}" of stream "${stream}" has the format "${format.value}", which only a text has, and is of the type ${types.join(', ')}.`,
      { stream, also: [format.place] },
    );
  if (/(?:_at|[a-z]At)$/.test(name) && types.length === 1 && types[0] === 'boolean')
    yield violation(
      at,
      `"${path.join('.')}" of stream "${stream}" is a moment by its name, and of the type boolean.`,
      { stream },
    );
  if (format?.kind === 'scalar' && /^(?:date[_ ]?time|timestamp|iso-?8601)$/i.test(String(format.value)))
    yield violation(
      format,
      `"${path.join('.')}" of stream "${stream}" has the format "${format.value}", which nobody knows: JSON schema calls it "date-time".`,
      { stream },
    );
}
