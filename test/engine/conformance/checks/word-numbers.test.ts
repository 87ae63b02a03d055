import { wordNumbers } from '../../../../engine/conformance/checks/word-numbers.ts';
import { harness, itemsWith } from '../harness.ts';

const { expectPass, expectViolations } = harness(wordNumbers);

/** Streams, each as `name path list`. */
const streams = (...given: readonly string[]) => `version: 6.0.0
type: DeclarativeSource
check: { type: CheckStream, stream_names: [dogs] }
streams:
${given
  .map((each) => {
    const [name, path, list] = each.split(' ');
    return `  - type: DeclarativeStream
    name: ${name}
    retriever:
      type: SimpleRetriever
      requester: { type: HttpRequester, url_base: "https://api.test", path: /v1/${path} }
      record_selector: { extractor: { type: DpathExtractor, field_path: [${list}] } }
    schema_loader: { type: InlineSchemaLoader, schema: { type: object, properties: {} } }`;
  })
  .join('\n')}
`;

const animals = ['cats', 'cows', 'birds', 'horses', 'snakes', 'sheep_pens', 'goats', 'bees'];

describe('word-numbers', () => {
  it('finds a list in the singular that other streams have in the plural', async () => {
    await expectViolations(streams('dogs dogs results', 'cats cats results', 'cows cows result'), [
      {
        message: /"cows" are looked for in "result", and those of 2 other streams in "results"/,
        at: 'result',
      },
    ]);
    await expectPass(streams('dogs dogs results', 'cats cats result'));
    await expectViolations(streams('old_dogs dogs dogs', 'new_dogs dogs dog'), [
      { message: /"new_dogs" are looked for in "dog", and those of 1 other stream in "dogs"/, at: 'dog' },
    ]);
    await expectPass(
      streams('dogs dogs results', 'cats cats results', 'cows cows result', 'bees bees result'),
    );
  });

  it('finds a list that the pages of the stream call by the other number', async () => {
    const paged = (list: string) =>
      itemsWith({
        selector: `extractor: { type: DpathExtractor, field_path: [${list}] }`,
        paginator: `type: DefaultPaginator
page_token_option: { type: RequestOption, inject_into: request_parameter, field_name: after }
pagination_strategy: { type: CursorPagination, cursor_value: "{{ response.hits[-1].id }}" }`,
      }).replace('extractor: { type: DpathExtractor, field_path: [data] }', '');
    await expectPass(paged('hits'));
    await expectViolations(paged('hit'), [{ message: /pages are told by "hits"/, at: 'hit' }]);
    await expectViolations(paged('item'), [{ message: /"item", and no API calls a list so/, at: 'item' }]);
    // An API that calls its lists so does.
    const others = (...lists: readonly string[]) =>
      lists
        .map(
          (list, index) => `  - type: DeclarativeStream
    name: ${animals[index]}
    retriever:
      requester: { url: "https://api.test/${animals[index]}" }
      record_selector: { extractor: { field_path: [all, ${list}] } }
`,
        )
        .join('');
    const beside = (...lists: readonly string[]) =>
      paged('item').replace('spec:\n', `${others(...lists)}spec:\n`);
    await expectPass(beside('Cat', 'Cow'));
    await expectViolations(beside('Cat', 'cows'), [{ message: /"item", and no API calls a list so/ }]);
  });

  it('finds a plural of what has none', async () => {
    await expectViolations(streams('dogs dogs datas'), [{ message: /no API calls a list so/, at: 'datas' }]);
  });

  it('finds the one list that is not called by the name of its stream, as all others are', async () => {
    const others = animals.map((name) => `${name} ${name} ${name}`);
    await expectPass(streams('dogs dogs dogs', ...others));
    await expectViolations(streams('dogs dogs dog', ...others), [
      { message: /"dogs" are looked for in "dog", and those of 8 other streams .* is it "dogs"/, at: 'dog' },
    ]);
    // Fewer may be so by chance, and "user" may be the one who asks.
    await expectPass(streams('dogs dogs dog', ...others.slice(0, 3)));
    await expectPass(streams('users users user', ...others));
  });

  it('finds the one path that is not called by the name of its stream, as all others are', async () => {
    const others = animals.map((name) => `${name} get_${name} data`);
    await expectPass(streams('dogs get_dogs data', ...others));
    await expectViolations(streams('dogs get_dog data', ...others), [
      { message: /The path of stream "dogs" has "get_dog", and those of 8 other streams/, at: 'get_dog' },
    ]);
    await expectPass(streams('dogs get_dog data', 'foxes get_fox data', ...others));
    // Who writes it twice means it, and an organisation may be the one who asks.
    await expectPass(streams('dogs get_dog data', 'dog_tails get_dog data', ...others));
    await expectPass(streams('organisations organisation data', ...others));
  });
});
