import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { parse } from 'yaml';
import { manifestSchema } from '../../../../engine/connector/editor-schema/manifest-schema.ts';

const schema = manifestSchema();

// Strict: an unknown keyword, a reference to nothing or a property that is required but unknown is an error.
const validate = new Ajv({ strict: true, allErrors: true }).compile(schema);

function problems(manifest: string): string[] {
  validate(parse(manifest));
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

function stream(retriever: string): string {
  return `
version: 7.0.0
check: { type: CheckStream, stream_names: [users] }
streams:
  - type: DeclarativeStream
    name: users
    retriever: ${retriever}
`;
}

describe('the manifest schema for editors', () => {
  it('is the one in schemas/: "npm run schema" writes it', () => {
    expect(JSON.parse(readFileSync('schemas/manifest.schema.json', 'utf8'))).toEqual(schema);
  });

  it('names every component by its type', () => {
    const definitions = schema.definitions as Record<string, { title?: string }>;
    expect(
      Object.entries(definitions).flatMap(([name, { title }]) => (title === undefined ? name : [])),
    ).toEqual([]);
    expect(definitions.HttpRequester?.title).toBe('HttpRequester');
  });

  it('takes the Intercom manifest', () => {
    expect(problems(readFileSync('manifests/intercom.yaml', 'utf8'))).toEqual([]);
  });

  it('knows types by the place they stand in', () => {
    const selector =
      'record_selector: { type: RecordSelector, extractor: { type: DpathExtractor, field_path: [] } }';
    const retriever = (requester: string) =>
      `{ type: SimpleRetriever, requester: ${requester}, ${selector} }`;
    expect(problems(stream(retriever('{ type: HttpRequester, http_method: GET }')))).toEqual([]);
    expect(problems(stream(retriever('{ type: HttpRequester, http_method: 3 }')))).not.toEqual([]);
    expect(problems(stream('{ type: SimpleRetreiver }'))).not.toEqual([]);
    expect(problems(stream('{ type: HttpRequester }'))).not.toEqual([]);
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
