import { pathWords } from '../../../../engine/conformance/checks/path-words.ts';
import { harness, itemsWith } from '../harness.ts';

const { expectPass, expectViolations } = harness(pathWords);

const child = (path: string, index: number) => `
  - type: DeclarativeStream
    name: c${index}
    retriever:
      type: SimpleRetriever
      requester: { type: HttpRequester, url_base: "https://api.test", path: "${path}" }
      record_selector: { extractor: { type: DpathExtractor, field_path: [] } }
      partition_router:
        type: SubstreamPartitionRouter
        parent_stream_configs:
          - { type: ParentStreamConfig, parent_key: id, partition_field: item, stream: { $ref: "#/streams/0" } }
    schema_loader: { type: InlineSchemaLoader, schema: { type: object, properties: {} } }`;

const value = '{{ stream_partition.item }}';
const manifest = (...paths: readonly string[]) =>
  itemsWith().replace(/\nspec:/, `${paths.map(child).join('')}\nspec:`);

describe('path-words', () => {
  it('passes where all have the same', async () => {
    await expectPass(manifest(`/items/${value}/notes`, `/items/${value}/a`));
  });

  it('finds a word that its parent and its siblings write in another way', async () => {
    await expectViolations(manifest(`/items/${value}/a`, `/item/${value}/b`), [
      { message: /"item" before a value, and that of its parent "items"/, at: 'item/', stream: 'c1' },
    ]);
    const spelt = manifest(`/organisers/${value}/a`, `/organisers/${value}/b`, `/organizers/${value}/c`);
    await expectViolations(spelt, [
      { message: /those of other streams have "organisers"/, at: 'organizers/' },
    ]);
  });

  it('takes another word for another part of the API', async () => {
    await expectPass(
      manifest(`/items/${value}/a`, `/goods/${value}/b`, `/item/${value}/c`, `/item/${value}/d`),
    );
  });

  it('finds another start than that of four others', async () => {
    const starts = (odd: string) =>
      manifest(...['a', 'b', 'c', 'd'].map((name) => `/api/1.0/resource/${name}`), `/api/${odd}/e`);
    await expectPass(starts('1.0/resource'));
    await expectPass(starts('2.0/resource'));
    await expectPass(starts('1.0/lists'));
    await expectViolations(starts('1.0/resources'), [
      { message: /has "resources" where those of 4 other streams have "resource"/, at: 'resources/e' },
    ]);
    await expectViolations(starts('1.1/resource'), [{ message: /has "1.1" where/, at: '1.1/' }]);
  });

  it('finds a sign that is lost or another one in what all others begin with', async () => {
    const starts = (odd: string) =>
      itemsWith({})
        .replace('https://api.test/items', 'https://api.test/index.php?/api/v2/items')
        .replace(
          /\nspec:/,
          `${[...['a', 'b', 'c', 'd'].map((name) => `/index.php?/api/v2/${name}`), odd].map(child).join('')}\nspec:`,
        );
    for (const odd of [
      'index.php/api/v2/e',
      'index.php?api/v2/e',
      '/index.php?/api-v2/e',
      'index-php?/api/v2/e',
    ])
      await expectViolations(starts(odd), [
        {
          message: /begins with ".*", and those of \d other streams with "index\.php\?\/api\/v2\/"/,
          stream: 'c4',
        },
      ]);
    await expectPass(starts('index.php?/api/v2/e'));
    await expectPass(starts('index.php?/api/v2'));
  });
});
