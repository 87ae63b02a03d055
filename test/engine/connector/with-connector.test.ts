import { loadManifest } from '../../../engine/connector/load-manifest.ts';
import { withConnector } from '../../../engine/connector/with-connector.ts';
import { fakeTransport } from '../../kit/scope.ts';

const text = `version: 6.0.0
check: { type: CheckStream, stream_names: [a] }
streams: [{ name: a, retriever: { requester: { url: https://a.test }, record_selector: { extractor: { field_path: [] } } } }]
spec:
  connection_specification:
    type: object
    properties: { key: { type: string, airbyte_secret: true }, size: { type: integer } }
`;
const manifest = (source = text) => loadManifest({ name: 'x.yaml', text: source });

function surroundings() {
  let closed = 0;
  const transport = { ...fakeTransport(), close: async () => void closed++ };
  return { transport, closed: () => closed };
}

describe('withConnector', () => {
  it('closes the connector after its work, good or bad', async () => {
    const around = surroundings();
    expect(await withConnector(manifest(), {}, around, { work: async () => 7 })).toBe(7);
    const failing = withConnector(manifest(), {}, around, { work: () => Promise.reject(new Error('no')) });
    await expect(failing).rejects.toThrow('no');
    expect(around.closed()).toBe(2);
  });

  it('keeps secrets out of what is thrown', async () => {
    const work = () => Promise.reject(new Error('s3cret is wrong'));
    const failing = withConnector(manifest(), { key: 's3cret' }, surroundings(), { work });
    await expect(failing).rejects.toThrow('**** is wrong');
  });

  it('hands over a config that is refused, but not a manifest that is broken', async () => {
    const work = async () => 'worked';
    const refused = async (error: Error) => `refused: ${error.message}`;
    const wrong = { key: 's3cret', size: 's3cret' };
    expect(await withConnector(manifest(), wrong, surroundings(), { work, refused })).toMatch(
      /^refused: .*size/,
    );
    await expect(withConnector(manifest(), wrong, surroundings(), { work })).rejects.toThrow(/size/);
    const broken = manifest(text.replace('check: {', 'chek: {'));
    await expect(withConnector(broken, wrong, surroundings(), { work, refused })).rejects.toThrow(/"check"/);
  });
});
