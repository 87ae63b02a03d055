import { partitionProducts } from '../../../../engine/conformance/checks/partition-products.ts';
import { harness, manifestWith } from '../harness.ts';

const { expectPass, expectNothing, expectViolations } = harness(partitionProducts);

const router = (...parents: readonly string[]) =>
  `{ type: SubstreamPartitionRouter, parent_stream_configs: [${parents.map(
    (parent) =>
      `{ type: ParentStreamConfig, parent_key: id, partition_field: ${parent}, stream: { $ref: "#/definitions/${parent}" } }`,
  )}] }`;

/** Works belong to courses, and notes to works; shops are alone. */
const school = (routers: string) =>
  `${manifestWith().replace('streams:', 'streams:\n  - $ref: "#/definitions/submissions"')}
definitions:
${Object.entries({
  courses: '[]',
  shops: '[]',
  works: router('courses'),
  notes: router('works'),
  submissions: routers,
})
  .map(
    ([name, routers]) => `  ${name}:
    type: DeclarativeStream
    name: ${name}
    retriever:
      type: SimpleRetriever
      requester: { type: HttpRequester, url: "https://api.test/${name}" }
      record_selector: { type: RecordSelector, extractor: { type: DpathExtractor, field_path: [] } }
      ${routers === '[]' ? '' : `partition_router: ${routers}`}
    schema_loader: { type: InlineSchemaLoader, schema: { type: object, properties: {} } }
`,
  )
  .join('')}`;

describe('partition-products', () => {
  it('passes where what is multiplied is independent', async () => {
    await expectPass(school(`[${router('courses')}, ${router('shops')}]`));
    await expectPass(
      school(`[${router('notes')}, { type: ListPartitionRouter, cursor_field: kind, values: [a, b] }]`),
    );
  });

  it('has nothing to say where nothing is multiplied', async () => {
    await expectNothing(school(router('works')));
    await expectNothing(school(router('courses', 'works')));
  });

  it('finds a parent and its own parent', async () => {
    const message =
      'Stream "submissions" is asked for with each record of "courses" and each of "works", which is itself read for each of "courses": most pairs are of a record of one and a record below another. Leave "works" as the only parent, and take what the request needs of "courses" from "parent_slice".';
    for (const routers of [
      [router('courses'), router('works')],
      [router('works'), router('courses')],
    ])
      await expectViolations(school(`[${routers}]`), [{ message, stream: 'submissions' }]);
  });

  it('finds one of which it is a parent further up', async () => {
    await expectViolations(school(`[${router('courses')}, ${router('notes')}]`), [
      {
        message: /each record of "courses" and each of "notes", which is itself read/,
        at: '"#/definitions/notes"',
      },
    ]);
  });
});
