import { recordEnvelopes } from '../../../../engine/conformance/checks/record-envelopes.ts';
import { harness, manifestWith } from '../harness.ts';

const { expectPass, expectViolations } = harness(recordEnvelopes);

/** One stream for each word: "name: path to its records". */
const streams = (...written: readonly string[]) =>
  manifestWith().replace(
    /streams:[\s\S]*/,
    `streams:${written
      .map((each) => {
        const [name = '', path = ''] = each.split(': ');
        return `
  - type: DeclarativeStream
    name: ${name}
    retriever:
      requester: { url_base: "https://api.test", path: "/${name}" }
      record_selector: { extractor: { type: DpathExtractor, field_path: [${path}] } }
    schema_loader: { type: InlineSchemaLoader, schema: { type: object, properties: {} } }`;
      })
      .join('')}
`,
  );

const names = ['orders', 'users', 'carts', 'taxes', 'teams', 'zones'];
const top = names.map((name) => `${name}: `);
const alike = names.map((name) => `${name}: results`);
const named = names.map((name) => `${name}: ${name}`);
const deep = names.map((name) => `${name}: data, ${name}`);

describe('record-envelopes', () => {
  it('passes where there is no one usual place, or the odd one has a reason', async () => {
    await expectPass(streams(...alike));
    await expectPass(streams(...named));
    // It has the name of its stream.
    await expectPass(streams(...top, 'form_data: data'));
    // What is no envelope says what is in it.
    await expectPass(streams(...named, 'bills: invoices'));
    await expectPass(streams(...top.slice(0, 3), 'bills: data'));
    await expectPass(streams(...alike.slice(0, 2), 'bills: data'));
    await expectPass(streams(...named.slice(0, 4), 'bills: data'));
    await expectPass(streams(...named, 'bills: data', 'labels: results'));
    await expectPass(streams(...named, 'labels: ', 'bills: data'));
    await expectPass(streams(...named, 'my_items: items', 'bills: items'));
  });

  it('leaves aside what has no pages and is at the top of the answer', async () => {
    await expectViolations(streams(...alike.slice(0, 3), 'account: ', 'bills: items'), [
      { message: /and all 3 others in "results": was this meant, too\?$/, at: '[items', stream: 'bills' },
    ]);
  });

  it.each([
    ['take the top of the answer', top, 'data'],
    ['in "results"', alike.slice(0, 3), 'items'],
    ['in what has their name', named, 'data'],
    ['in what has their name, or in "list"', [...named, 'labels: list', 'rates: list'], 'data'],
    ['in what has their name', deep, 'data, items'],
    ['in what has their name', named, 'users'],
  ])('finds the one that does not %s', async (usual, others, path) => {
    await expectViolations(streams(...others, `bills: ${path}`), [
      {
        message: new RegExp(`and all ${others.length} others ${usual}: was this meant, too\\?$`),
        at: `[${path}`,
        stream: 'bills',
      },
    ]);
  });
});
