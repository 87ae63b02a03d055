import { sameRequests } from '../../../../engine/conformance/checks/same-requests.ts';
import { harness, itemsWith } from '../harness.ts';

const { expectPass, expectViolations } = harness(sameRequests);

const two = (requester: string, path = '[data]', more = '') =>
  itemsWith({ requester: 'request_parameters: { kind: items }' }).replace(
    'spec:\n',
    `  - type: DeclarativeStream
    name: parts
    retriever:
      requester: { type: HttpRequester, url: "https://api.test/items", ${requester} }
      record_selector: { extractor: { type: DpathExtractor, field_path: ${path} } }
    schema_loader: { type: InlineSchemaLoader, schema: { type: object } }
${more}
spec:
`,
  );

describe('same-requests', () => {
  it('passes where requests differ, or what is taken of the answers', async () => {
    await expectPass(two('request_parameters: { kind: parts }'));
    await expectPass(two('request_parameters: { kind: items }', '[parts]'));
    await expectPass(
      two(
        'request_parameters: { kind: items }',
        '[data]',
        '    transformations: [{ type: RemoveFields, field_pointers: [[a]] }]',
      ),
    );
  });

  it('passes where a text in common has other parameters', async () => {
    const one = `path: "{{ parameters['path'] }}"`;
    const streams = ['users', 'teams']
      .map(
        (name) => `  - type: DeclarativeStream
    name: ${name}
    $parameters: { path: ${name} }
    retriever:
      requester: { type: HttpRequester, url_base: "https://api.test", ${one} }
      record_selector: { extractor: { type: DpathExtractor, field_path: [data] } }
    schema_loader: { type: InlineSchemaLoader, schema: { type: object } }
`,
      )
      .join('');
    const manifest = itemsWith().replace('spec:\n', `${streams}spec:\n`);
    await expectPass(manifest);
    await expectViolations(manifest.replace('path: teams }', 'path: users }'), [
      { message: /^Stream "teams" sends the same requests as stream "users"/ },
    ]);
  });

  it('finds two streams of the same records', async () => {
    for (const path of ['[data]', '[]'])
      await expectViolations(two('request_parameters: { kind: items }', path), [
        {
          message:
            'Stream "parts" sends the same requests as stream "items" and takes the same from the answers: is something of the one left over in the other?',
          at: '"https://api.test/items"',
          stream: 'parts',
        },
      ]);
  });
});
