import { twinRequests } from '../../../../engine/conformance/checks/twin-requests.ts';
import { harness, itemsWith } from '../harness.ts';

const { expectPass, expectViolations } = harness(twinRequests);

const stream = (name: string, kind: string, selector = '[data]', parameters = '') => `
  - type: DeclarativeStream
    name: ${name}
    ${parameters}
    retriever:
      type: SimpleRetriever
      requester: { type: HttpRequester, url: "https://api.test/rpc", request_parameters: { kind: ${kind} } }
      record_selector: { extractor: { type: DpathExtractor, field_path: ${selector} } }
    schema_loader: { type: InlineSchemaLoader, schema: { type: object, properties: {} } }`;

const manifest = (...streams: readonly string[]) =>
  itemsWith().replace(/\nspec:/, `${streams.join('')}\nspec:`);

describe('twin-requests', () => {
  it('passes where something is different', async () => {
    await expectPass(manifest(stream('a', 'day'), stream('b', 'week'), stream('c', 'day', '[other]')));
  });

  it('passes where parameters of the stream fill them in', async () => {
    const filled = (name: string) => stream(name, 'day', '[data]', `$parameters: { x: ${name} }`);
    await expectPass(manifest(filled('a'), filled('b')));
  });

  it('finds two that ask for the same', async () => {
    await expectViolations(manifest(stream('by_day', 'day'), stream('by_week', 'day')), [
      { message: /^Streams "by_day" and "by_week" ask for the same/, at: '{ kind: day }', stream: 'by_week' },
    ]);
  });
});
