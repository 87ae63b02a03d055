import { listSteps } from '../../../../engine/conformance/checks/list-steps.ts';
import { harness, itemsWith } from '../harness.ts';

const { expectPass, expectViolations } = harness(listSteps);

const two = (first: string, second: string, path = '/items') =>
  itemsWith()
    .replace('field_path: [data]', `field_path: [${first}]`)
    .replace(
      'spec:\n',
      `  - type: DeclarativeStream
    name: parts
    retriever:
      requester: { type: HttpRequester, url: "https://api.test${path}" }
      record_selector: { extractor: { type: DpathExtractor, field_path: [${second}] } }
    schema_loader: { type: InlineSchemaLoader, schema: { type: object } }
spec:
`,
    );

describe('list-steps', () => {
  it('passes for the fields of each item', async () => {
    await expectPass(two('data, groups', 'data, groups, "*", parts'));
  });

  it('finds a field of what is a list by its name', async () => {
    await expectPass(two('groups', 'entries, "*", guest'));
    await expectPass(two('items', 'results, guests'));
    await expectViolations(two('groups', 'entries, guest'), [
      { message: /^Stream "parts" reads "guest" of "entries", which by its name is a list/, at: 'guest' },
    ]);
  });

  it('finds a field of the list itself', async () => {
    await expectViolations(two('data, groups', 'data, groups, parts, "*"'), [
      {
        message:
          'Stream "items" finds a list of records at "data", "groups", and stream "parts" reads "parts" of the list itself: "*" leads to that of each item.',
        at: 'parts',
        stream: 'parts',
      },
    ]);
    await expectViolations(two('groups', 'groups, parts', '/others'), [
      { message: /reads "parts" of the list itself/ },
    ]);
    await expectViolations(two('results', 'results, parts'), [
      { message: /reads "parts" of the list itself/ },
    ]);
  });
});
