import { requestOpenapi } from '../../../../engine/conformance/checks/request-openapi.ts';
import { parseManifest } from '../../../../engine/manifest/parse.ts';
import { harness, manifestWith } from '../harness.ts';

const { expectPass, expectNothing, expectViolations } = harness(requestOpenapi);

const openapi = (paths: string) =>
  parseManifest({
    name: 'api.yaml',
    text: `openapi: 3.0.0\nservers: [{ url: https://api.test }]\npaths:\n  ${paths}`,
  }).node;
const items = '/items: { get: { parameters: [{ name: page, in: query }], responses: {} } }';

describe('request-openapi', () => {
  it('passes for operations of the description, and says nothing without one', async () => {
    await expectPass(manifestWith(), { openapi: openapi(items) });
    const child = manifestWith().replace(
      'https://api.test/items',
      '"https://api.test/items/{{ config.id }}/parts"',
    );
    await expectPass(child, { openapi: openapi('"/items/{item}/parts": { get: { responses: {} } }') });
    await expectNothing(manifestWith());
  });

  it('finds an operation that is not there, or is asked by another method', async () => {
    const { at } = { at: 'https://api.test/items' };
    await expectViolations(manifestWith(), [{ message: /no operation GET/, at, stream: 'items' }], {
      openapi: openapi('/things: { get: {} }'),
    });
    await expectViolations(manifestWith(), [{ message: /It is asked by POST\.$/, at }], {
      openapi: openapi('/items: { post: {} }'),
    });
  });

  it('finds a parameter that the operation has not', async () => {
    const manifest = manifestWith().replace(
      'api.test/items }',
      'api.test/items, request_parameters: { pages: 1 } }',
    );
    await expectViolations(
      manifest,
      [{ message: /has no parameter "pages"/, at: 'pages', severity: 'warning' }],
      { openapi: openapi(items) },
    );
  });
});
