import { recordBeginnings } from '../../../../engine/conformance/checks/record-beginnings.ts';
import { harness, manifestWith } from '../harness.ts';

const { expectPass, expectViolations } = harness(recordBeginnings);

const streams = (...paths: readonly string[]) =>
  manifestWith().replace(
    /streams:[\s\S]*/,
    `streams:${paths
      .map(
        (path, index) => `
  - type: DeclarativeStream
    name: s${index}
    retriever:
      requester: { url: "https://api.test/${index}" }
      record_selector: { extractor: { field_path: [${path}] } }
    schema_loader: { type: InlineSchemaLoader, schema: { type: object, properties: {} } }`,
      )
      .join('')}
`,
  );

const names = ['a', 'b', 'c', 'd'];
const deep = names.map((name) => `response, result, ${name}`);
const pairs = names.map((name) => `Response, ${name}s, ${name}`);

describe('record-beginnings', () => {
  it('passes where all begin alike, or one is of another kind', async () => {
    await expectPass(streams(...deep, 'response, result, e, items, "*"'));
    await expectPass(streams(...deep, ''));
    await expectPass(streams(...deep, 'records'));
    await expectPass(streams(...pairs, 'Response, es, e'));
    await expectPass(streams(...names.map((name) => `data, ${name}`), 'items'));
    await expectPass(streams(...deep.slice(0, 3), 'response, e'));
    await expectPass(streams(...deep, 'records, items, e'));
  });

  it.each([
    ['records', 'response', 'records, result, e'],
    ['data', 'result', 'response, data, e'],
  ])('finds that %s stands in the place of %s', async (step, meant, odd) => {
    await expectViolations(streams(...deep, odd), [
      { message: new RegExp(`is "${step}" meant to be "${meant}"\\?$`), at: `[${odd}`, stream: 's4' },
    ]);
  });

  it.each([
    ['response', 'result, e', deep],
    ['result', 'response, e', deep],
    ['Response', 'Es, E', pairs],
  ])('finds that %s lacks in %s', async (step, odd, others) => {
    await expectViolations(streams(...others, odd), [
      { message: new RegExp(`does "${step}" lack here\\?$`), at: `[${odd}`, stream: 's4' },
    ]);
  });
});
