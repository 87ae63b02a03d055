import { existsSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { isObject, type JsonObject } from '../../../engine/util/json/json.ts';
import type { RequestLog } from '../../intercom-api/intercom-handlers.ts';
import { streamNames } from './listed.ts';
import { moreStreamNames } from './listed-more.ts';
import { withIntercom } from './with-intercom.ts';

jest.setTimeout(300_000);

interface Operation {
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: string;
    readonly required?: boolean;
  }[];
  readonly requestBody?: { readonly content?: Record<string, { readonly schema?: JsonObject }> };
}
interface Description {
  readonly paths: Record<string, Record<string, Operation>>;
  readonly components: { readonly schemas: Record<string, JsonObject> };
}

const fileOf = (version: string): string => `../shared/intercom/openapi-${version}.yaml`;
const itDescribed = existsSync(fileOf('2.11')) && existsSync(fileOf('2.16')) ? it : it.skip;

/** Described in words only, or in the description of another version. */
const undeclared: readonly RegExp[] = [
  /^GET \/(articles|internal_articles|help_center|news|contacts\/[^/]+\/(notes|companies)|companies\/[^/]+\/notes)\b.* (page|per_page)$/,
  /^GET \/(events|conversations\/deleted) /,
  /^GET \/admins\/activity_logs (page|per_page)$/,
  /^POST \/contacts\/search (sort|include_merge_history)$/,
  /^POST \/(conversations|tickets)\/search sort$/,
];

/** What is wrong with a request, as the API's own description has it. */
function violations(description: Description, { method, path, query, body }: RequestLog): readonly string[] {
  const segments = path.split('/');
  const fits = (template: string): boolean => {
    const parts = template.split('/');
    return (
      parts.length === segments.length &&
      parts.every((part, at) => part.startsWith('{') || part === segments[at])
    );
  };
  const templates = Object.keys(description.paths)
    .filter((template) => fits(template) && description.paths[template]?.[method.toLowerCase()] !== undefined)
    .sort((a, b) => a.split('{').length - b.split('{').length);
  const [template] = templates;
  const operation = template === undefined ? undefined : description.paths[template]?.[method.toLowerCase()];
  const where = `${method} ${path}`;
  if (operation === undefined) return [`${where} is not described`];
  const parameters = (operation.parameters ?? []).filter((parameter) => parameter.in === 'query');
  const names = new Set(parameters.map(({ name }) => name));
  const found = parameters
    .filter(({ name, required }) => required === true && query[name] === undefined)
    .map(({ name }) => `${where} lacks ${name}`);
  found.push(
    ...Object.keys(query)
      .filter((name) => !names.has(name))
      .map((name) => `${where} ${name}`),
  );
  const schema = resolve(description, operation.requestBody?.content?.['application/json']?.schema);
  if (isObject(body) && schema !== undefined) {
    const properties = isObject(schema.properties) ? schema.properties : {};
    found.push(
      ...Object.keys(body)
        .filter((name) => !(name in properties))
        .map((name) => `${where} ${name}`),
    );
    const required = Array.isArray(schema.required) ? schema.required.map(String) : [];
    found.push(
      ...required.filter((name) => body[name] === undefined).map((name) => `${where} lacks ${name}`),
    );
  }
  return found.filter((problem) => !undeclared.some((known) => known.test(problem)));
}

function resolve(description: Description, schema: JsonObject | undefined): JsonObject | undefined {
  const name = typeof schema?.$ref === 'string' ? schema.$ref.split('/').at(-1) : undefined;
  return name === undefined ? schema : description.components.schemas[name];
}

describe('requests', () => {
  itDescribed.each(['2.11', '2.16'])('of version %s are as the API describes them', async (version) => {
    const descriptions = new Map(
      ['2.11', '2.16'].map((each) => [each, parse(readFileSync(fileOf(each), 'utf8')) as Description]),
    );
    const sizes = { contacts: 30, companies: 12, conversations: 12, tickets: 6 };
    await withIntercom({ sizes, exportSeconds: 1 }, async ({ api, sync }) => {
      const config = { api_version: version, include_deletions: true, typed_custom_attributes: true };
      const more = { custom_object_types: ['Order'], start_date: '2025-03-01T00:00:00Z' };
      const streams = [...streamNames, ...moreStreamNames, 'custom_object_order'];
      const { errors } = await sync({ streams, config: { ...config, ...more } });
      expect(errors).toEqual([]);
      const problems = api.requests.flatMap((request) => {
        // Streams that are younger than 2.11 are read in a later version; the last one describes them all.
        const asked = request.headers['intercom-version'] === '2.11' ? '2.11' : '2.16';
        const description = descriptions.get(asked);
        return description === undefined ? [] : violations(description, request);
      });
      expect([
        ...new Set(problems.map((problem) => problem.replace(/\/(\d+|[0-9a-f]{24})\b/g, '/…'))),
      ]).toEqual([]);
      expect(api.requests.length).toBeGreaterThan(100);
    });
  });
});
