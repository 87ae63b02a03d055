import { ConnectorError } from '../../error/connector-error.ts';
import { isPlainObject, type JsonObject, type JsonSchema } from '../../util/json/json.ts';
import { atPointer } from '../../util/json/json-pointer.ts';
import { setField } from '../../util/json/set-field.ts';

type ReadDocument = (file: string) => Promise<JsonSchema>;

interface Document {
  readonly file: string;
  readonly root: JsonSchema;
}

/**
 * The schema with every `$ref` (`#/…` or `file.json#/…`) replaced by what it refers to. One without any is given back as it
 * is: most are, and `discover` reads a file for each stream.
 */
export async function resolveReferences(schema: JsonSchema, read: ReadDocument): Promise<JsonSchema> {
  if (!hasReference(schema)) return schema;
  const documents = new Map<string, Promise<JsonSchema>>();

  async function resolve(value: unknown, document: Document, open: readonly string[]): Promise<unknown> {
    if (Array.isArray(value)) return Promise.all(value.map((item) => resolve(item, document, open)));
    if (!isPlainObject(value)) return value;
    const { $ref: reference } = value;
    if (typeof reference === 'string') return follow(reference, document, open);
    const copy: JsonObject = {};
    for (const [key, item] of Object.entries(value)) setField(copy, key, await resolve(item, document, open));
    return copy;
  }

  async function follow(reference: string, from: Document, open: readonly string[]): Promise<unknown> {
    const [file = '', pointer = ''] = reference.split('#');
    const document = file === '' ? from : await documentOf(file);
    const name = `${document.file}#${pointer}`;
    if (open.includes(name)) throw unresolved(reference, 'it leads back to itself');
    const target = atPointer(document.root, pointer);
    if (!isPlainObject(target)) throw unresolved(reference, 'there is no schema at this place');
    const { definitions: _, ...found } = target;
    return resolve(found, document, [...open, name]);
  }

  async function documentOf(file: string): Promise<Document> {
    const known = documents.get(file) ?? read(file);
    documents.set(file, known);
    return { file, root: await known };
  }

  return (await resolve(schema, { file: '', root: schema }, [])) as JsonSchema;
}

function hasReference(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(hasReference);
  return isPlainObject(value) && (typeof value.$ref === 'string' || Object.values(value).some(hasReference));
}

function unresolved(reference: string, reason: string): ConnectorError {
  return new ConnectorError(`The reference "${reference}" of a schema file cannot be followed: ${reason}.`, {
    kind: 'config_error',
  });
}
