export type Schema = Readonly<Record<string, unknown>>;

export function isSchema(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The type of a value, null aside; what has properties is an object. */
export function typeOf({ type, properties, oneOf }: Schema): string {
  const names: readonly unknown[] = Array.isArray(type) ? type : [type];
  const name = names.find((each) => typeof each === 'string' && each !== 'null');
  return typeof name === 'string' ? name : isSchema(properties) || Array.isArray(oneOf) ? 'object' : 'string';
}

/** Its properties in the order that the spec asks for. */
export function propertiesOf({ properties }: Schema): readonly (readonly [string, Schema])[] {
  const all = Object.entries(isSchema(properties) ? properties : {}).flatMap(([name, schema]) =>
    isSchema(schema) ? [[name, schema] as const] : [],
  );
  const order = ({ order }: Schema) => (typeof order === 'number' ? order : Number.MAX_SAFE_INTEGER);
  return all.toSorted(([, a], [, b]) => order(a) - order(b));
}

/** The forms that a value may have. */
export function formsOf({ oneOf, anyOf }: Schema): readonly Schema[] {
  const list = oneOf ?? anyOf;
  return Array.isArray(list) ? list.filter(isSchema) : [];
}

export function requiredIn({ required }: Schema): readonly unknown[] {
  return Array.isArray(required) ? required : [];
}

/** A list of single values has a line for each; other lists, and objects of which nothing is known, are JSON. */
export function isLines(schema: Schema): boolean {
  return (
    typeOf(schema) === 'array' &&
    (!isSchema(schema.items) || !['object', 'array'].includes(typeOf(schema.items)))
  );
}

export function pointerTo(pointer: string, name: string): string {
  return `${pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

/** Which of the forms was chosen is in a field of its own. */
export function choiceAt(pointer: string): string {
  return `${pointer}?`;
}

/** The form that a value has: whose constants it has. */
export function formIndex(forms: readonly Schema[], value: unknown): number {
  const fits = (form: Schema) =>
    isSchema(value) &&
    propertiesOf(form).every(
      ([name, { const: constant }]) => constant === undefined || value[name] === constant,
    );
  return Math.max(0, forms.findIndex(fits));
}

/** What was entered, as the schema asks for it, and which of the secrets stay as they are. Throws an Error in words. */
export function enteredValues(
  schema: Schema,
  data: FormData,
  given: readonly string[],
): { readonly values: unknown; readonly keep: readonly string[] } {
  const keep: string[] = [];

  function valueAt(own: Schema, pointer: string): unknown {
    if (own.const !== undefined) return own.const;
    const text = String(data.get(pointer) ?? '');
    if (own.airbyte_secret === true && text === '') {
      if (given.includes(pointer)) keep.push(pointer);
      return undefined;
    }
    if (Array.isArray(own.enum)) return own.enum.find((each) => String(each) === text);
    const type = typeOf(own);
    if (type === 'boolean') return data.has(pointer);
    if (isLines(own)) {
      const lines = text
        .split('\n')
        .map((line) => line.trim())
        .filter((line) => line !== '');
      const item = isSchema(own.items) ? typeOf(own.items) : 'string';
      return lines.length === 0 ? undefined : lines.map((line) => (item === 'string' ? line : Number(line)));
    }
    if (isFieldset(own)) return objectAt(own, pointer);
    if (text.trim() === '') return undefined;
    if (type === 'number' || type === 'integer') return Number(text);
    if (type === 'object' || type === 'array') return parsed(text, String(own.title ?? pointer.slice(1)));
    return text;
  }

  function objectAt(own: Schema, pointer: string): Readonly<Record<string, unknown>> | undefined {
    const form = formsOf(own)[Number(data.get(choiceAt(pointer)) ?? 0)];
    const entries = [...propertiesOf(own), ...propertiesOf(form ?? {})].flatMap(([name, property]) => {
      const value = valueAt(property, pointerTo(pointer, name));
      return value === undefined ? [] : [[name, value]];
    });
    // An object of which nothing was entered is none.
    return entries.length > 0 || pointer === '' ? Object.fromEntries(entries) : undefined;
  }

  return { values: objectAt(schema, '') ?? {}, keep };
}

/** Its properties are entered one by one. */
export function isFieldset(schema: Schema): boolean {
  return typeOf(schema) === 'object' && (propertiesOf(schema).length > 0 || formsOf(schema).length > 0);
}

function parsed(text: string, title: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(`"${title}" is not JSON.`);
  }
}
