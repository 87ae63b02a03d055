import { catalogCompatible } from '../../../../engine/conformance/checks/catalog-compatible.ts';
import { createSubject } from '../../../../engine/conformance/create-subject.ts';
import { loadManifest } from '../../../../engine/connector/load-manifest.ts';
import { harness, manifestWith } from '../harness.ts';

const { expectPass, expectViolations } = harness(catalogCompatible);

/** The manifest as it was before. */
function earlier(text: string) {
  return createSubject({ file: 'old.yaml', manifest: loadManifest({ name: 'old.yaml', text }) });
}

describe('catalog-compatible', () => {
  it('passes when a column is new', async () => {
    await expectPass(
      manifestWith({
        schema: `{ type: object, properties: { id: { type: string }, at: { type: string, format: date-time }, tags: { type: array, items: { type: string } } } }`,
        stream: `primary_key: id`,
      }),
      {
        earlier: earlier(
          manifestWith({
            schema: `{ type: object, properties: { id: { type: string } } }`,
            stream: `primary_key: id`,
          }),
        ),
      },
    );
  });

  it('finds what is gone, and what is another', async () => {
    await expectViolations(
      manifestWith({
        schema: `{ type: object, properties: { id: { type: integer }, at: { type: string } } }`,
        stream: `primary_key: at`,
      }),
      [
        { message: /The primary key of stream "items" was "id" and is "at"/ },
        { message: '"id" of stream "items" was of the type string and is integer.' },
        { message: '"tags" of stream "items" is gone from its schema.' },
      ],
      {
        earlier: earlier(
          manifestWith({
            schema: `{ type: object, properties: { id: { type: string }, at: { type: string, format: date-time }, tags: { type: array, items: { type: string } } } }`,
            stream: `primary_key: id`,
          }),
        ),
      },
    );
  });

  it('finds a stream that is gone', async () => {
    await expectViolations(
      manifestWith({
        schema: `{ type: object, properties: { id: { type: string }, at: { type: string, format: date-time }, tags: { type: array, items: { type: string } } } }`,
      }).replace('name: items', 'name: things'),
      [{ message: /Stream "items" is gone/ }],
      {
        earlier: earlier(
          manifestWith({
            schema: `{ type: object, properties: { id: { type: string }, at: { type: string, format: date-time }, tags: { type: array, items: { type: string } } } }`,
          }),
        ),
      },
    );
  });
});
