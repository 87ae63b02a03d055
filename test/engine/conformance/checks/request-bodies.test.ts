import { requestBodies } from '../../../../engine/conformance/checks/request-bodies.ts';
import { parseManifest } from '../../../../engine/manifest/parse.ts';
import { harness, jobsWith, manifestWith } from '../harness.ts';

const { expectPass, expectNothing, expectViolations } = harness(requestBodies);

const openapi = parseManifest({
  name: 'api.yaml',
  text: `openapi: 3.0.0
servers: [{ url: https://api.test }]
paths:
  "/{kind}": { post: { requestBody: { content: { application/json: { schema: { type: object, required: [nothing] } } } } } }
  /jobs:
    post: { requestBody: { content: { application/json: { schema: { type: object, required: [kind] } } } } }
  /items:
    post: { requestBody: { content: { application/json: { schema: { $ref: "#/components/schemas/Search" } } } } }
components:
  schemas:
    Search:
      type: object
      required: [query]
      properties: { query: { $ref: "#/components/schemas/Query" }, after: { type: string } }
    Query: { type: object, properties: { operator: { type: string, enum: [AND, OR] } } }
`,
}).node;

const sending = (body: string) =>
  manifestWith().replace(
    'https://api.test/items }',
    `https://api.test/items, http_method: POST, request_body_json: ${body} }`,
  );

describe('request-bodies', () => {
  it('passes for bodies that the description allows, whatever it says of null', async () => {
    await expectPass(sending('{ query: { operator: AND } }'), { openapi });
    await expectPass(sending('{ query: { operator: AND }, after: null }'), { openapi });
  });

  it('says nothing without a description, or without a body', async () => {
    await expectNothing(sending('{ query: { operator: NONE } }'));
    await expectNothing(manifestWith(), { openapi });
  });

  it('finds what is missing or not allowed, where the body is written', async () => {
    await expectViolations(
      sending('{ query: { operator: NONE } }'),
      [
        {
          message:
            'POST /items takes no such body by the description: "query.operator" must be one of "AND", "OR".',
          at: '{ query: { operator',
          stream: 'items',
        },
      ],
      { openapi },
    );
    await expectViolations(
      sending('{ page: 1 }'),
      [
        {
          message: 'POST /items takes no such body by the description: "query" is missing.',
          at: '{ page: 1 }',
        },
      ],
      { openapi },
    );
  });

  it('looks at what jobs are made with too', async () => {
    await expectPass(jobsWith({ creation: 'request_body_json: { kind: items }' }), { openapi });
    await expectViolations(
      jobsWith({ creation: 'request_body_json: { sort: items }' }),
      [{ message: /^POST \/jobs .*"kind" is missing\.$/, at: '{ sort: items }' }],
      { openapi },
    );
  });
});
