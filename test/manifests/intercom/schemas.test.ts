import { readFileSync } from 'node:fs';
import type { JsonSchema } from '../../../engine/util/json.ts';
import { validateAgainstSchema } from '../../../engine/util/validate-against-schema.ts';
import { createWorkspace } from '../../intercom-api/workspace.ts';
import { listed } from './listed.ts';
import { streamNames } from './sync-intercom.ts';

const schemaOf = (stream: string): JsonSchema =>
  JSON.parse(readFileSync(`schemas/intercom/${stream}.json`, 'utf8')) as JsonSchema;

jest.setTimeout(60_000);

describe('the schemas of the Intercom streams', () => {
  it.each(['2.11', '2.14', '2.16', 'Preview'])('fit the records of version %s', async (version) => {
    const all = await listed(createWorkspace({ now: () => Date.parse('2025-06-15T12:00:00Z') }), version);
    for (const stream of streamNames) {
      const problems = all[stream].flatMap((record) => validateAgainstSchema(record, schemaOf(stream)));
      const distinct = [
        ...new Set(problems.map(({ path, message }) => `${path.join('.').replace(/\d+/g, '*')} ${message}`)),
      ];
      expect([stream, distinct]).toEqual([stream, []]);
    }
  });

  it.each(streamNames)('of %s names every top-level field of its records', async (stream) => {
    const all = await listed(createWorkspace({ now: () => Date.parse('2025-06-15T12:00:00Z') }));
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
});
