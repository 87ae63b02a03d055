import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { manifestSchema } from '../../../engine/connector/manifest-schema.ts';
import { validateAgainstSchema } from '../../../engine/util/schema/validate-against-schema.ts';

const schema = manifestSchema();

function problems(manifest: string): string[] {
  return validateAgainstSchema(parse(manifest), schema).map(
    ({ path, message }) => `${path.join('.')} ${message}`,
  );
}

function stream(retriever: string): string {
  return `
streams:
  - type: DeclarativeStream
    retriever: ${retriever}
`;
}

describe('the manifest schema for editors', () => {
  it('is the one in schemas/: "npm run schema" writes it', () => {
    expect(JSON.parse(readFileSync('schemas/manifest.schema.json', 'utf8'))).toEqual(schema);
  });

  it('takes the Intercom manifest', () => {
    expect(problems(readFileSync('manifests/intercom.yaml', 'utf8'))).toEqual([]);
  });

  it('knows types by the place they stand in', () => {
    expect(problems(stream('{ type: SimpleRetriever, requester: { type: HttpRequester } }'))).toEqual([]);
    expect(problems(stream('{ type: SimpleRetreiver }'))).not.toEqual([]);
    expect(problems(stream('{ type: HttpRequester }'))).not.toEqual([]);
    expect(
      problems(stream('{ type: SimpleRetriever, requester: { type: HttpRequester, http_method: 3 } }')),
    ).not.toEqual([]);
  });

  it('takes references and hooks in place of components', () => {
    expect(problems(stream('"#/definitions/retriever"'))).toEqual([]);
    expect(problems(stream('{ $ref: "#/definitions/retriever", requester: 5 }'))).toEqual([]);
    expect(problems(stream('{ type: CustomRetriever, class_name: mine.Retriever }'))).toEqual([]);
    expect(problems(stream('{ type: CustomRetriever }'))).not.toEqual([]);
  });

  it('describes every component and every field', () => {
    const definitions = Object.entries(
      schema.definitions as Record<string, { properties?: Record<string, { description?: string }> }>,
    );
    const silent = definitions.flatMap(([name, { properties = {} }]) =>
      Object.entries(properties)
        .filter(([field, { description }]) => field !== 'type' && !description)
        .map(([field]) => `${name}.${field}`),
    );
    expect(silent).toEqual([]);
  });
});
