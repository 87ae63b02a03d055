import type { ConnectorSpecification } from '../protocol/messages.ts';
import { isObject, type JsonObject } from '../util/json/json.ts';

interface Line {
  readonly name: string;
  readonly about: string;
}

/** The config that a connector needs, for people: a line for each field, those of a choice below it. */
export function specText({ connectionSpecification, documentationUrl }: ConnectorSpecification): string {
  const title = typeof connectionSpecification.title === 'string' ? connectionSpecification.title : 'Config';
  const lines = fieldsOf(connectionSpecification, 0);
  const width = Math.max(0, ...lines.map(({ name }) => name.length));
  return [
    title,
    '',
    ...(lines.length === 0 ? ['  It needs no config: {} will do.'] : []),
    ...lines.map(({ name, about }) => `  ${name.padEnd(width)}  ${about}`.trimEnd()),
    ...(documentationUrl === undefined ? [] : ['', documentationUrl]),
    '',
  ].join('\n');
}

function fieldsOf(schema: JsonObject, depth: number): Line[] {
  const properties = isObject(schema.properties) ? schema.properties : {};
  const required = Array.isArray(schema.required) ? schema.required : [];
  return Object.entries(properties).flatMap(([name, property]) => {
    if (!isObject(property)) return [];
    const own = { name: `${'  '.repeat(depth)}${name}`, about: aboutOf(property, required.includes(name)) };
    const choices = Array.isArray(property.oneOf) ? property.oneOf.filter(isObject) : [];
    return [
      own,
      ...fieldsOf(property, depth + 1),
      ...choices.flatMap((choice) => [
        { name: `${'  '.repeat(depth + 1)}or: ${String(choice.title ?? '')}`.trimEnd(), about: '' },
        ...fieldsOf(choice, depth + 2),
      ]),
    ];
  });
}

function aboutOf(property: JsonObject, isRequired: boolean): string {
  const { type, const: only, enum: values, default: standard, airbyte_secret, title, description } = property;
  const kind =
    only !== undefined
      ? JSON.stringify(only)
      : Array.isArray(values)
        ? values.map((value) => JSON.stringify(value)).join(' | ')
        : String(type ?? 'any');
  const facts = [
    kind,
    ...(isRequired ? ['required'] : []),
    ...(airbyte_secret === true ? ['secret'] : []),
    ...(standard === undefined ? [] : [`default ${JSON.stringify(standard)}`]),
  ];
  const [sentence = ''] = String(description ?? title ?? '').split(/(?<=\.)\s|\n/);
  return `${facts.join(', ')}${sentence === '' ? '' : `. ${sentence.replace(/<[^>]+>/g, '')}`}`;
}
