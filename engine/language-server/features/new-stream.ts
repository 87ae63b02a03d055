import { typeOf } from '../locate/component-at.ts';
import { isMap, type Node, namesIn, nodeAtPath } from '../locate/syntax.ts';

/** A place that the editor goes to, with what stands there until something else is typed. */
function stop(number: number, text: string): string {
  return `\${${number}:${text}}`;
}

/**
 * A whole stream to be filled in, as the protocol writes snippets: what the manifest defines for all of its streams is
 * referred to.
 */
export function newStream(root: Node | null): string {
  const defined = (type: string) => {
    const definitions = nodeAtPath(root, ['definitions']);
    const name = namesIn(definitions).find((each) => {
      const node = nodeAtPath(definitions, [each]);
      return isMap(node) && typeOf(node, root) === type;
    });
    return name === undefined ? undefined : `"#/definitions/${name}"`;
  };
  const [requester, selector, paginator] = ['HttpRequester', 'RecordSelector', 'DefaultPaginator'].map(
    defined,
  );
  const own = (reference: string | undefined, type: string) =>
    reference === undefined ? `type: ${type}` : `\\$ref: ${reference}`;
  return [
    'type: DeclarativeStream',
    `  name: ${stop(1, 'name')}`,
    `  primary_key: ${stop(2, 'id')}`,
    '  retriever:',
    '    type: SimpleRetriever',
    '    requester:',
    `      ${own(requester, 'HttpRequester')}`,
    requester === undefined
      ? `      url: ${stop(3, 'https://api.example.com/path')}`
      : `      path: ${stop(3, '/path')}`,
    '    record_selector:',
    `      ${own(selector, 'RecordSelector')}`,
    `      extractor: { type: DpathExtractor, field_path: [${stop(4, 'data')}] }`,
    ...(paginator === undefined ? [] : [`    paginator: { \\$ref: ${paginator} }`]),
    '  schema_loader:',
    '    type: InlineSchemaLoader',
    '    schema: { type: object, properties: {} }',
  ].join('\n');
}
