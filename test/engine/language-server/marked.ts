import { components } from '../../../engine/components/index.ts';
import { createRegistry } from '../../../engine/language/registry.ts';
import { type OpenDocument, openDocument } from '../../../engine/language-server/locate/open-document.ts';

const registry = createRegistry(components);

/** A document with a caret, which is written as `‸` in the text. */
export function marked(
  text: string,
  readFile: OpenDocument['readFile'] = () => undefined,
): { readonly document: OpenDocument; readonly offset: number } {
  const offset = text.indexOf('‸');
  return {
    document: openDocument('file:///shop.yaml', text.replace('‸', ''), registry, { readFile }),
    offset,
  };
}

/** A manifest in which something is being typed: its retriever is given. */
export function manifestWith(retriever: string): string {
  const lines = retriever.split('\n').map((line) => `      ${line}`);
  return `version: 6.0.0
type: DeclarativeSource
check: { type: CheckStream, stream_names: [orders] }
definitions:
  base:
    type: HttpRequester
    url_base: https://api.shop.test
  pages:
    cursor:
      type: DefaultPaginator
      pagination_strategy: { type: PageIncrement }
streams:
  - type: DeclarativeStream
    name: orders
    primary_key: id
    retriever:
${lines.join('\n')}
    schema_loader: { type: InlineSchemaLoader, schema: {} }
spec:
  type: Spec
  connection_specification:
    type: object
    required: [api_key]
    properties:
      api_key: { type: string, title: API key, description: From the settings of the shop. }
      start_date: { type: string }
`;
}
