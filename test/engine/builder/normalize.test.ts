import { normalizeManifest } from '../../../engine/builder/normalize.ts';
import type { JsonObject } from '../../../engine/util/json/json.ts';

const authenticator = { type: 'BearerAuthenticator', api_token: 'x' };

function stream(name: string, requester: JsonObject = {}, retriever: JsonObject = {}): JsonObject {
  return {
    type: 'DeclarativeStream',
    name,
    retriever: { type: 'SimpleRetriever', requester: { type: 'HttpRequester', ...requester }, ...retriever },
  };
}

const manifestOf = (...streams: JsonObject[]): JsonObject => ({ type: 'DeclarativeSource', streams });

const requesters = (manifest: JsonObject) =>
  (manifest.streams as { retriever: { requester: JsonObject } }[]).map(
    ({ retriever }) => retriever.requester,
  );

describe('normalizeManifest', () => {
  it('keeps equal values once, by the type and field they stand in', () => {
    const normal = normalizeManifest(
      manifestOf(
        stream('a', { url_base: 'https://one', authenticator }),
        stream('b', {
          url_base: 'https://one',
          authenticator: { api_token: 'x', type: 'BearerAuthenticator' },
        }),
      ),
    );
    expect(normal.definitions).toEqual({
      linked: { HttpRequester: { url_base: 'https://one', authenticator } },
    });
    const references = {
      type: 'HttpRequester',
      url_base: { $ref: '#/definitions/linked/HttpRequester/url_base' },
      authenticator: { $ref: '#/definitions/linked/HttpRequester/authenticator' },
    };
    expect(requesters(normal)).toEqual([references, references]);
  });

  it('gives the place to the commonest value and leaves others where they are', () => {
    const urls = ['x', 'x', 'y', 'y', 'y', 'z'];
    const normal = normalizeManifest(
      manifestOf(...urls.map((url_base, at) => stream(`s${at}`, { url_base }))),
    );
    expect(normal.definitions).toEqual({ linked: { HttpRequester: { url_base: 'y' } } });
    const reference = { $ref: '#/definitions/linked/HttpRequester/url_base' };
    expect(requesters(normal).map(({ url_base }) => url_base)).toEqual([
      'x',
      'x',
      reference,
      reference,
      reference,
      'z',
    ]);
  });

  it('keeps what an earlier layout has linked, and drops what nothing refers to', () => {
    const given = {
      ...manifestOf(stream('a', { url_base: 'new' }), stream('b', { url_base: 'new' })),
      definitions: { linked: { HttpRequester: { url_base: 'new' } }, requester: { type: 'HttpRequester' } },
      schemas: { a: {} },
    };
    const normal = normalizeManifest(given);
    expect(normal.definitions).toEqual({ linked: { HttpRequester: { url_base: 'new' } } });
    expect(normal).not.toHaveProperty('schemas');
  });

  it('refers to parents that are streams of the manifest', () => {
    const parent = stream('parent', { authenticator });
    const router = (of: JsonObject) => ({
      partition_router: {
        type: 'SubstreamPartitionRouter',
        parent_stream_configs: [{ type: 'ParentStreamConfig', stream: of }],
      },
    });
    const normal = normalizeManifest(
      manifestOf(
        parent,
        stream('child', {}, router(parent)),
        stream('other', {}, router(stream('unlisted'))),
      ),
    );
    expect(JSON.stringify((normal.streams as JsonObject[])[1])).toContain('"stream":{"$ref":"#/streams/0"}');
    expect(JSON.stringify((normal.streams as JsonObject[])[2])).toContain('"name":"unlisted"');
  });

  it('leaves a manifest alone whose common values have no type above them', () => {
    const given = { ...manifestOf(), spec: { a: { paginator: { b: 1 } }, c: { paginator: { b: 1 } } } };
    expect(normalizeManifest(given)).toBe(given);
  });

  it('does not touch the manifest that it is given', () => {
    const given = manifestOf(stream('a', { authenticator }), stream('b', { authenticator }));
    const before = JSON.parse(JSON.stringify(given));
    normalizeManifest(given);
    expect(given).toEqual(before);
  });
});
