/** A manifest with a stream `s0`, `s1`, … for each list of properties of a schema: `a: { type: string }, b: …`. */
export const schemaStreams = (properties: readonly string[]) => `version: 6.0.0
type: DeclarativeSource
check: { type: CheckStream, stream_names: [s0] }
streams:
${properties
  .map(
    (each, index) => `  - type: DeclarativeStream
    name: s${index}
    retriever:
      requester: { url: "https://api.test/s${index}" }
      record_selector: { extractor: { field_path: [data] } }
    schema_loader: { type: InlineSchemaLoader, schema: { type: object, properties: { ${each} } } }`,
  )
  .join('\n')}
`;

/** `a:string b:integer` as properties. */
export const typed = (fields: string) =>
  fields
    .split(' ')
    .map((field) => field.replace(/(.*):(.*)/, '$1: { type: $2 }'))
    .join(', ');
