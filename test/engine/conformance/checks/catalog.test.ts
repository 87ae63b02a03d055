import { catalog } from '../../../../engine/conformance/checks/catalog.ts';
import { harness, manifestWith } from '../harness.ts';

const { expectPass, expectViolations } = harness(catalog);

describe('catalog', () => {
  it('passes with one stream, or with streams that are made later', async () => {
    await expectPass(manifestWith());
  });

  it('finds a manifest without streams', async () => {
    await expectViolations('type: DeclarativeSource\ncheck: { type: CheckStream }\nstreams: []', [
      { message: /has no stream/, at: 'type: DeclarativeSource' },
    ]);
  });

  it('finds a second stream of the same name', async () => {
    const root = `  - type: DeclarativeStream
    name: items
    retriever:
      requester: { url: https://api.test/others }
      record_selector: { extractor: { field_path: [] } }`;
    await expectViolations(manifestWith({ root }), [
      {
        message: 'There are two streams named "items", and a catalog can list one.',
        at: 'items',
        stream: 'items',
      },
    ]);
  });
});
