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

  it('takes an operation whose path is concrete where the request is, and has a parameter where the request has', async () => {
    const described = openapi(
      '{ "/items/search": { post: {} }, "/items/{id}": { get: {} }, "/{all}/search": { get: {} }, "/items/{id}/parts": { get: {} }, "/items/{id}/{more}": { post: {} } }',
    );
    const at = (path: string) =>
      manifestWith().replace('https://api.test/items', `"https://api.test/items/${path}"`);
    await expectViolations(at('search'), [{ message: /It is asked by POST\.$/ }], { openapi: described });
    await expectPass(at('{{ config.id }}'), { openapi: described });
    // Which of them it is only a sync knows.
    await expectPass(at('{{ config.id }}'), {
      openapi: openapi('{ "/items/all": { get: {} }, "/items/{id}": { post: {} } }'),
    });
    await expectViolations(at('{{ config.id }}'), [{ message: /It is asked by POST\.$/ }], {
      openapi: openapi('{ "/items/search": { post: {} }, "/items/{id}": { post: {} } }'),
    });
    await expectPass(at('{{ config.id }}/parts'), { openapi: described });
    await expectViolations(at('{{ config.id }}/others'), [{ message: /It is asked by POST\.$/ }], {
      openapi: described,
    });
  });

  it('finds a parameter that the operation requires and nothing sends', async () => {
    const required = openapi(
      '/items: { get: { parameters: [{ name: shop, in: query, required: true }], responses: {} } }',
    );
    const message = 'GET /items needs the parameter "shop" by the description, and nothing sends it.';
    await expectViolations(
      manifestWith(),
      [{ message, at: 'https://api.test/items', stream: 'items', severity: 'warning' }],
      { openapi: required },
    );
    for (const sent of [
      'https://api.test/items, request_parameters: { shop: 1 }',
      '"https://api.test/items?shop=1"',
      'https://api.test/items, request_parameters: "{{ config.parameters }}"',
      `https://api.test/items, authenticator: { type: ApiKeyAuthenticator, api_token: x, inject_into: { type: RequestOption, inject_into: request_parameter, field_name: shop } }`,
    ])
      await expectPass(manifestWith().replace('https://api.test/items', sent), { openapi: required });
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
