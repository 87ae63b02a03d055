import { printDiagnostic } from '../../../engine/error/print-location.ts';
import { checkVersion, migrate } from '../../../engine/manifest/migrate.ts';
import { nodeFromValue, toValue } from '../../../engine/manifest/node.ts';
import { parseManifest } from '../../../engine/manifest/parse.ts';

const source = { name: '<config>' };

function migrated(value: unknown): unknown {
  return toValue(migrate(nodeFromValue(value, source)).node);
}

it('joins url_base and path to url', () => {
  const requester = { type: 'HttpRequester', url_base: 'https://a.b/v1', path: '/items', http_method: 'GET' };
  const { node, applied } = migrate(nodeFromValue({ version: '6.1.0', streams: [{ requester }] }, source));
  expect(toValue(node)).toEqual({
    version: '6.1.0',
    streams: [{ requester: { type: 'HttpRequester', http_method: 'GET', url: 'https://a.b/v1/items' } }],
  });
  expect(applied).toEqual([
    { from: '6.1.0', to: '*', migration: 'HttpRequesterUrlBaseToUrl' },
    { from: '6.1.0', to: '*', migration: 'HttpRequesterPathToUrl' },
  ]);
});

it.each([
  [{ request_body_json: { a: 1 } }, { type: 'RequestBodyJsonObject', value: { a: 1 } }],
  [{ request_body_json: { query: '{ x }' } }, { type: 'RequestBodyGraphQL', value: { query: '{ x }' } }],
  [{ request_body_data: 'a=1' }, { type: 'RequestBodyUrlEncodedForm', value: 'a=1' }],
])('makes one request_body of %j', (body, expected) => {
  expect(migrated({ type: 'HttpRequester', ...body })).toEqual({
    type: 'HttpRequester',
    request_body: expected,
  });
});

it('leaves a JSON body that is a template', () => {
  const requester = { type: 'HttpRequester', request_body_json: '{{ config.body }}' };
  expect(migrated(requester)).toEqual(requester);
});

it('leaves stream templates and other components alone', () => {
  const manifest = {
    a: { type: 'DynamicDeclarativeStream', requester: { type: 'HttpRequester', url_base: 'x' } },
    b: { type: 'CustomRequester', url_base: 'x' },
  };
  const node = nodeFromValue(manifest, source);
  expect(migrate(node)).toEqual({ node, applied: [] });
});

it('changes nothing when one requester cannot be migrated', () => {
  const node = nodeFromValue(
    [
      { type: 'HttpRequester', url_base: 'x' },
      { type: 'HttpRequester', url_base: 'x', path: null },
    ],
    source,
  );
  expect(migrate(node)).toEqual({ node, applied: [] });
});

it('warns of a manifest newer than the known language', () => {
  const { node } = parseManifest({ name: 'm.yaml', text: 'version: "8.0.1"\n' });
  const diagnostic = node && checkVersion(node);
  expect(diagnostic?.severity).toBe('warning');
  expect(diagnostic && printDiagnostic(diagnostic)).toBe(
    'The manifest is of version 8.0.1, newer than 7.39.1, the newest one known here. ' +
      'It runs, but what is new in it may not be understood.\n\n' +
      'm.yaml:1:10\n1 | version: "8.0.1"\n  |          ^',
  );
});

it.each(['latest', 'x', '6.x', '', '6.44.0 beta'])('warns of the version "%s", which is none', (version) => {
  expect(checkVersion(nodeFromValue({ version }, source))?.message).toBe(
    `"${version}" is not a version such as "7.39.1". It runs here, but the Python runtime refuses such a manifest.`,
  );
});

it.each(['7.39.1', '7.39', '6.100.0', '0.0.0', '7.39.1rc2', '6.1.0.dev3', '6.1+local'])(
  'has nothing to say about version %s',
  (version) => {
    expect(checkVersion(nodeFromValue({ version }, source))).toBeUndefined();
  },
);
