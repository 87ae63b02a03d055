import { readdirSync, readFileSync } from 'node:fs';
import type { JsonSchema } from '../../../engine/util/json/json.ts';
import { validateAgainstSchema } from '../../../engine/util/schema/validate-against-schema.ts';
import { createWorkspace } from '../../intercom-api/workspace.ts';
import { listed, type StreamName, streamNames } from './listed.ts';
import { schemasAt } from './schemas-at.ts';

const schemaOf = (stream: string): JsonSchema =>
  JSON.parse(readFileSync(`schemas/intercom/${stream}.json`, 'utf8')) as JsonSchema;

type Listed = Awaited<ReturnType<typeof listed>>;
const known = new Map<string, Promise<Listed>>();

/** All records of a workspace as a version shows them, listed once. */
function recordsOf(version: string): Promise<Listed> {
  const workspace = () => createWorkspace({ now: () => Date.parse('2025-06-15T12:00:00Z') });
  const records = known.get(version) ?? listed(workspace(), version);
  known.set(version, records);
  return records;
}

describe('the schemas of the Intercom streams', () => {
  it.each(['2.11', '2.12', '2.14', '2.16', 'Preview'])('fit the records of version %s', async (version) => {
    const schemas = await schemasAt(version);
    const all = await recordsOf(version);
    for (const stream of streamNames) {
      const problems = all[stream].flatMap((record) =>
        validateAgainstSchema(record, schemas.get(stream) ?? {}),
      );
      const distinct = [
        ...new Set(problems.map(({ path, message }) => `${path.join('.').replace(/\d+/g, '*')} ${message}`)),
      ];
      expect([stream, distinct]).toEqual([stream, []]);
    }
  });

  it.each(['2.11', '2.14', '2.16'])('give every column one type, also in version %s', async (version) => {
    const columns = [...(await schemasAt(version))].flatMap(([stream, { properties }]) =>
      Object.entries(properties as Record<string, { type: string[] }>).map(([name, { type }]) => ({
        column: `${stream}.${name}`,
        types: type.filter((each) => each !== 'null'),
      })),
    );
    expect(columns.filter(({ types }) => types.length !== 1)).toEqual([]);
  });

  it('of contacts and tickets are those of the version', async () => {
    const typeIn = async (version: string, stream: StreamName, name: string) => {
      const { properties } = (await schemasAt(version)).get(stream) ?? {};
      return (properties as Record<string, { type: unknown }>)[name]?.type;
    };
    expect(await typeIn('2.15', 'contacts', 'owner_id')).toEqual(['null', 'integer']);
    expect(await typeIn('Preview', 'contacts', 'owner_id')).toEqual(['null', 'string']);
    expect(await typeIn('2.11', 'tickets', 'ticket_state')).toEqual(['null', 'string']);
    expect(await typeIn('2.12', 'tickets', 'ticket_state')).toEqual(['null', 'object']);
    expect(await typeIn('2.15', 'tickets', 'team_assignee_id')).toEqual(['null', 'string']);
    expect(await typeIn('2.16', 'tickets', 'team_assignee_id')).toEqual(['null', 'integer']);
  });

  it.each(streamNames)('of %s names every top-level field of its records', async (stream) => {
    const all = await recordsOf('2.17');
    const known = Object.keys(schemaOf(stream).properties as object);
    const unknown = new Set(
      all[stream].flatMap((record) => Object.keys(record)).filter((name) => !known.includes(name)),
    );
    expect([...unknown]).toEqual([]);
  });

  it.each(streamNames)('of %s is open, and everything in it may be null', (stream) => {
    const schema = schemaOf(stream);
    expect(schema).toMatchObject({
      $schema: 'http://json-schema.org/draft-07/schema#',
      type: 'object',
      additionalProperties: true,
    });
    for (const property of Object.values(schema.properties as Record<string, { type: unknown }>)) {
      expect(property.type).toEqual(expect.arrayContaining(['null']));
    }
  });

  it('describe every field of every record, however deep', () => {
    const silent = (schema: unknown, path: string): string[] => {
      const { properties = {}, items } = schema as {
        properties?: Record<string, { description?: string }>;
        items?: unknown;
      };
      const own = Object.entries(properties).flatMap(([name, property]) => [
        ...(property.description ? [] : [`${path}.${name}`]),
        ...silent(property, `${path}.${name}`),
      ]);
      return items === undefined ? own : [...own, ...silent(items, path)];
    };
    const files = readdirSync('schemas/intercom').map((file) => file.replace('.json', ''));
    expect(files.length).toBeGreaterThan(60);
    expect(files.flatMap((file) => silent(schemaOf(file), file))).toEqual([]);
  });
});
