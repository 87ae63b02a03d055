import { isObject, type JsonObject } from '../util/json/json.ts';
import { atPointer } from '../util/json/json-pointer.ts';
import type { Api, Auth, Operation, Parameter } from './api.ts';
import { fieldsOfSchema } from './body-fields.ts';
import { flatSchema } from './flat-schema.ts';

const methods = ['get', 'post'];

/** Reads a description by OpenAPI 3 or Swagger 2. */
export function fromOpenApi(document: JsonObject): Api {
  const info = objectAt(document, 'info');
  const operations: Operation[] = [];
  for (const [path, item] of Object.entries(objectAt(document, 'paths'))) {
    const resolved = deref(item, document);
    for (const method of methods) {
      const operation = resolved[method];
      if (!isObject(operation) || operation['deprecated'] === true) continue;
      operations.push(operationOf(method, path, operation, resolved, document));
    }
  }
  return {
    title: typeof info['title'] === 'string' ? info['title'] : 'API',
    baseUrl: baseUrlOf(document),
    auth: authOf(document),
    operations,
    hint: hintOf(document),
  };
}

/** What is not followed may be what is missing. */
function hintOf(document: JsonObject): string | undefined {
  const outside = outsideIn(document);
  return outside === undefined
    ? undefined
    : ` References to other documents, such as "${outside}", are not followed: bundle them into one first.`;
}

function outsideIn(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [name, each] of Object.entries(value)) {
    if (name === '$ref' && typeof each === 'string' && !each.startsWith('#')) return each;
    const found = outsideIn(each);
    if (found !== undefined) return found;
  }
  return undefined;
}

function operationOf(
  method: string,
  path: string,
  operation: JsonObject,
  item: JsonObject,
  root: JsonObject,
): Operation {
  const listed = [item['parameters'], operation['parameters']].flatMap((list) =>
    Array.isArray(list) ? list : [],
  );
  const those = listed.map((each) => deref(each, root));
  const { body, bodySchema, fields } = bodyOf(operation, those, root);
  const responses = objectAt(operation, 'responses');
  const success = Object.keys(responses).find((status) => /^2/.test(status)) ?? 'default';
  const answer = deref(responses[success], root);
  const content = objectAt(answer, 'content');
  const json = Object.entries(content).find(([type]) => /json/.test(type))?.[1];
  const schema = isObject(json) ? (json['schema'] ?? schemaOfExample(json)) : answer['schema'];
  return {
    method: method.toUpperCase(),
    path,
    parameters: [...those.flatMap((each) => parameterOf(each, root)), ...fields],
    headers: Object.fromEntries(those.flatMap((each) => headerOf(each, root))),
    body,
    bodySchema,
    answer: schema === undefined ? undefined : flatSchema(schema, root),
    answerHeaders: Object.values(responses)
      .flatMap((each) => Object.keys(objectAt(deref(each, root), 'headers')))
      .map((name) => name.toLowerCase()),
    statuses: Object.keys(responses),
  };
}

/** A description may show an answer instead of describing it. */
function schemaOfExample({ example }: JsonObject): JsonObject | undefined {
  const of = (value: unknown): JsonObject => {
    if (Array.isArray(value)) return { type: 'array', items: of(value[0]) };
    if (isObject(value))
      return {
        type: 'object',
        properties: Object.fromEntries(Object.entries(value).map(([name, each]) => [name, of(each)])),
      };
    return value === null || value === undefined ? {} : { type: typeof value };
  };
  return example === undefined ? undefined : of(example);
}

function parameterOf(parameter: JsonObject, root: JsonObject): readonly Parameter[] {
  const { name, in: place, required, schema } = parameter;
  if (typeof name !== 'string' || (place !== 'path' && place !== 'query')) return [];
  const own = deref(schema ?? parameter, root);
  const { maximum, default: preset, enum: choices, type, format } = own;
  const kept = Object.fromEntries(
    Object.entries({ maximum, default: preset, enum: choices, type, format }).filter(
      ([, value]) => value !== undefined,
    ),
  );
  return [{ name, in: place, isRequired: required === true || place === 'path', schema: kept, seen: [] }];
}

/** A header that has to be sent, or that says which version of the API is asked. */
function headerOf(parameter: JsonObject, root: JsonObject): readonly (readonly [string, string])[] {
  const { name, in: place, required, schema, example } = parameter;
  if (place !== 'header' || typeof name !== 'string' || described.test(name)) return [];
  const own = deref(schema ?? parameter, root);
  const [choice] = Array.isArray(own['enum']) ? own['enum'] : [];
  const value = example ?? own['example'] ?? own['default'] ?? choice;
  if (required !== true && (value === undefined || !/version/i.test(name))) return [];
  return [[name, value === undefined ? `<${name}>` : String(value)]];
}

/** OpenAPI says these elsewhere, and the parameters of these names mean nothing. */
const described = /^(?:accept|content-type|authorization)$/i;

/** The body of a search: as the description's example shows it, with all fields that it may have. */
function bodyOf(
  operation: JsonObject,
  parameters: readonly JsonObject[],
  root: JsonObject,
): Pick<Operation, 'body' | 'bodySchema'> & { readonly fields: readonly Parameter[] } {
  const content = objectAt(deref(operation['requestBody'], root), 'content');
  const json = Object.entries(content).find(([type]) => /json/.test(type))?.[1];
  const media = isObject(json) ? json : (parameters.find(({ in: place }) => place === 'body') ?? {});
  const { schema, example, examples } = media;
  const [first] = Object.values(isObject(examples) ? examples : {});
  const shown = [example, deref(first, root)['value'], deref(schema, root)['example']].find(isObject);
  const fields = schema === undefined ? [] : fieldsOfSchema(flatSchema(schema, root));
  const bodySchema = isObject(schema) ? schema : undefined;
  if (shown === undefined && fields.length === 0) return { body: undefined, bodySchema, fields: [] };
  return { body: { kind: 'json', value: shown ?? {} }, bodySchema, fields };
}

function baseUrlOf(document: JsonObject): string {
  const [server] = Array.isArray(document['servers']) ? document['servers'] : [];
  const variables = isObject(server) ? objectAt(server, 'variables') : {};
  const url = isObject(server) && typeof server['url'] === 'string' ? server['url'] : swaggerUrl(document);
  const filled = url.replace(/\{(\w+)\}/g, (_, name: string) =>
    String(objectAt(variables, name)['default'] ?? name),
  );
  return filled.replace(/\/+$/, '');
}

function swaggerUrl({ host, basePath, schemes }: JsonObject): string {
  const scheme = Array.isArray(schemes) && !schemes.includes('https') ? String(schemes[0]) : 'https';
  return `${scheme}://${typeof host === 'string' ? host : 'api.example.com'}${typeof basePath === 'string' ? basePath : ''}`;
}

function authOf(document: JsonObject): Auth | undefined {
  const schemes = {
    ...objectAt(document, 'securityDefinitions'),
    ...objectAt(objectAt(document, 'components'), 'securitySchemes'),
  };
  const known = Object.values(schemes).flatMap((scheme) => authOfScheme(deref(scheme, document)));
  // A token is the easiest to have.
  return known.find(({ kind }) => kind === 'bearer' || kind === 'key') ?? known[0];
}

function authOfScheme(scheme: JsonObject): readonly Auth[] {
  const { type, scheme: name, in: place } = scheme;
  if (type === 'http') return [{ kind: String(name).toLowerCase() === 'basic' ? 'basic' : 'bearer' }];
  if (type === 'basic') return [{ kind: 'basic' }];
  if (type === 'apiKey' && typeof scheme['name'] === 'string') {
    if (/^authorization$/i.test(scheme['name'])) return [{ kind: 'bearer' }];
    return [{ kind: 'key', name: scheme['name'], in: place === 'query' ? 'query' : 'header' }];
  }
  if (type !== 'oauth2') return [];
  const flows = {
    ...objectAt(scheme, 'flows'),
    ...(typeof scheme['flow'] === 'string' && { [scheme['flow']]: scheme }),
  };
  for (const [flow, each] of Object.entries(flows)) {
    const tokenUrl = isObject(each) ? each['tokenUrl'] : undefined;
    if (typeof tokenUrl !== 'string') continue;
    return [
      {
        kind: 'oauth',
        tokenUrl,
        grant: /client|application/i.test(flow) ? 'client_credentials' : 'refresh_token',
      },
    ];
  }
  return [];
}

function deref(value: unknown, root: JsonObject): JsonObject {
  const reference = isObject(value) ? value['$ref'] : undefined;
  const found =
    typeof reference === 'string' && reference.startsWith('#') ? atPointer(root, reference.slice(1)) : value;
  return isObject(found) ? found : {};
}

function objectAt(value: unknown, name: string): JsonObject {
  const found = isObject(value) ? value[name] : undefined;
  return isObject(found) ? found : {};
}
