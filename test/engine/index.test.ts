import * as manifold from '../../engine/index.ts';
import { fakeTransport } from '../kit/scope.ts';

const text = `version: 6.0.0
check: { type: CheckStream, stream_names: [items] }
streams:
  - name: items
    retriever:
      requester: { url: https://api.test/items }
      record_selector: { extractor: { field_path: [] } }
spec: { connection_specification: { type: object } }
`;

describe('the library', () => {
  it('is enough to look at a manifest, to try a config and to read', async () => {
    const manifest = manifold.loadManifest({ name: 'x.yaml', text });
    expect(manifold.validateManifest(manifest).map(manifold.printDiagnostic)).toEqual([]);
    const transport = fakeTransport(() => ({ body: [{ id: 1 }] }));
    const connector = manifold.connect(manifest, {}, { transport });
    connector.prepare();
    expect(await connector.check()).toEqual({ succeeded: true });
    const kinds: string[] = [];
    for await (const event of connector.read({ streams: [{ name: 'items' }] })) kinds.push(event.kind);
    expect(kinds).toEqual(['status', 'status', 'records', 'state', 'status']);
    await connector.close();
  });
});
