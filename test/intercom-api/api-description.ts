import { existsSync, readFileSync } from 'node:fs';
import { Ajv, type ValidateFunction } from 'ajv';
import { parse } from 'yaml';
import { isObject, type JsonObject } from '../../engine/util/json/json.ts';
import type { RequestLog } from './intercom.ts';

/** What Intercom publishes about a version of its API. */
export interface ApiDescription {
  readonly version: string;
  /** What is wrong with a request: each a sentence that starts with its method and path. Empty: nothing. */
  violations(request: RequestLog): readonly string[];
}

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly schema?: JsonObject;
}
interface Operation {
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content?: Record<string, unknown> };
}

const fileOf = (version: string): string => `../shared/intercom/openapi-${version}.yaml`;

/** False where the description does not lie beside the repository. */
export const isDescribed = (version: string): boolean => existsSync(fileOf(version));

/** Names in an address may hold `/`, which a pointer writes otherwise. */
const pointer = (...names: readonly string[]): string =>
  `api#/${names.map((name) => encodeURIComponent(name.replaceAll('~', '~0').replaceAll('/', '~1'))).join('/')}`;

/** Reads the OpenAPI document of a version: a second or two. */
export function readDescription(version: string): ApiDescription {
  const document = parse(readFileSync(fileOf(version), 'utf8')) as {
    readonly paths: Record<string, Record<string, Operation>>;
    readonly components: { readonly schemas: Record<string, JsonObject> };
  };
  // 2.11 refers to this one and does not have it.
  document.components.schemas.custom_attributes ??= { type: 'object' };
  forgetNullsOfNoType(document);
  const options = { strict: false, validateFormats: false, allErrors: true, logger: false } as const;
  const ajv = new Ajv(options).addSchema(document, 'api');
  // Texts are all that an address and a header can hold.
  const ofTexts = new Ajv({ ...options, coerceTypes: true }).addSchema(document, 'api');
  const validators = new Map<string, ValidateFunction>();
  const validate = (in_: Ajv, $ref: string, value: unknown): readonly string[] => {
    const check = validators.get($ref) ?? in_.compile({ $ref });
    validators.set($ref, check);
    if (check(value)) return [];
    return (check.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
  };

  const findTemplate = (method: string, path: string): string | undefined => {
    const segments = path.split('/');
    const fits = (template: string): boolean => {
      const parts = template.split('/');
      return (
        parts.length === segments.length &&
        parts.every((part, at) => part.startsWith('{') || part === segments[at])
      );
    };
    return Object.keys(document.paths)
      .filter((template) => fits(template) && document.paths[template]?.[method] !== undefined)
      .sort((a, b) => a.split('{').length - b.split('{').length)[0];
  };

  /** A parameter that is an object stands in the query as its properties. */
  const namesOf = ({ name, schema = {} }: Parameter): readonly string[] => {
    const forms = Array.isArray(schema.oneOf) ? schema.oneOf.filter(isObject) : [schema];
    const properties = forms.flatMap((form) =>
      isObject(form.properties) ? Object.keys(form.properties) : [],
    );
    return schema.type === 'object' && properties.length > 0 ? properties : [name];
  };

  return Object.freeze({
    version,
    violations({ method, path, query, headers, body }: RequestLog) {
      const where = `${method} ${path}`;
      const verb = method.toLowerCase();
      const template = findTemplate(verb, path);
      const operation = template === undefined ? undefined : document.paths[template]?.[verb];
      if (template === undefined || operation === undefined) return [`${where} is not described`];
      const found: string[] = [];
      const parameters = [...(operation.parameters ?? []).entries()];
      for (const [at, parameter] of parameters) {
        const schema = pointer('paths', template, verb, 'parameters', String(at), 'schema');
        const names = namesOf(parameter);
        const place: Readonly<Record<string, string>> = parameter.in === 'header' ? headers : query;
        // What stands in the path is text, and there.
        if (parameter.in === 'path' || template.includes(`{${parameter.name}}`)) continue;
        const given = names.flatMap((name) => {
          const value = place[parameter.in === 'header' ? name.toLowerCase() : name];
          return value === undefined ? [] : [[name, value] as const];
        });
        if (given.length === 0) {
          if (parameter.required === true) found.push(`${where} lacks ${parameter.name}`);
          continue;
        }
        const value = parameter.schema?.type === 'object' ? Object.fromEntries(given) : given[0]?.[1];
        found.push(
          ...validate(ofTexts, schema, value).map((problem) => `${where} ${parameter.name}${problem}`),
        );
      }
      const declared = new Set(
        parameters.flatMap(([, parameter]) => (parameter.in === 'query' ? namesOf(parameter) : [])),
      );
      found.push(
        ...Object.keys(query)
          .filter((name) => !declared.has(name))
          .map((name) => `${where} ${name}`),
      );
      const content = operation.requestBody?.content?.['application/json'];
      if (content !== undefined && isObject(body)) {
        const schema = pointer(
          ...['paths', template, verb, 'requestBody', 'content', 'application/json', 'schema'],
        );
        found.push(...validate(ajv, schema, body).map((problem) => `${where} body${problem}`));
        const properties = propertiesOf(document.components.schemas, content);
        found.push(
          ...Object.keys(body)
            .filter((name) => !properties.has(name))
            .map((name) => `${where} ${name}`),
        );
      } else if (isObject(body)) found.push(`${where} has a body`);
      return found;
    },
  });
}

/** OpenAPI gives `nullable` no meaning without a type, and a validator takes offence. */
function forgetNullsOfNoType(node: unknown): void {
  if (Array.isArray(node)) for (const item of node) forgetNullsOfNoType(item);
  else if (isObject(node)) {
    if (node.nullable === true && node.type === undefined) delete node.nullable;
    for (const inner of Object.values(node)) forgetNullsOfNoType(inner);
  }
}

function propertiesOf(schemas: Record<string, JsonObject>, content: unknown): ReadonlySet<string> {
  const given = isObject(content) && isObject(content.schema) ? content.schema : {};
  const schema = typeof given.$ref === 'string' ? (schemas[given.$ref.split('/').at(-1) ?? ''] ?? {}) : given;
  return new Set(isObject(schema.properties) ? Object.keys(schema.properties) : []);
}
