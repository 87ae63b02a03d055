import { readManifest } from '../../../kit/read-manifest.ts';

const manifest = `
version: 6.0.0
type: DeclarativeSource
check: { type: CheckStream, stream_names: [always] }
definitions:
  retriever:
    requester: { url: "https://api.test/{{ parameters.at }}" }
    record_selector: { extractor: { field_path: [] } }
streams:
  - { name: always, $parameters: { at: always }, retriever: { $ref: "#/definitions/retriever" } }
  - type: ConditionalStreams
    condition: "{{ config['plan'] == 'big' }}"
    streams:
      - { name: sometimes, $parameters: { at: sometimes }, retriever: { $ref: "#/definitions/retriever" } }
`;

describe('ConditionalStreams', () => {
  it.each([
    ['big', ['GET /always', 'GET /sometimes']],
    ['small', ['GET /always']],
  ])('of a %s plan', async (plan, expected) => {
    const { asked } = await readManifest(manifest, () => ({ body: [] }), { config: { plan } });
    expect(asked).toEqual(expected);
  });

  it('of which none is there are unknown to a catalog that names one', async () => {
    const { errors } = await readManifest(manifest, [], { streams: ['sometimes'] });
    expect(errors[0]?.message).toMatch(/There is no stream "sometimes"/);
  });
});
