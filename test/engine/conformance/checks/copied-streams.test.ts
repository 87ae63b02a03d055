import { copiedStreams } from '../../../../engine/conformance/checks/copied-streams.ts';
import { harness } from '../harness.ts';

const { expectPass, expectNothing, expectViolations } = harness(copiedStreams);

const lists = (name: string, path: string, more = '') => `type: DeclarativeStream
name: ${name}
retriever:
  type: SimpleRetriever
  requester: { type: HttpRequester, url: "https://api.test${path}"${more} }
  record_selector: { extractor: { type: DpathExtractor, field_path: [${path.slice(1)}] } }
schema_loader: { type: InlineSchemaLoader, schema: { type: object, properties: {} } }`;

const indented = (text: string, by: number) => text.replaceAll('\n', `\n${' '.repeat(by)}`);

/** What splits a stream by the records of another one, which is written out. */
const childOf = (parent: string) => `partition_router:
  type: SubstreamPartitionRouter
  parent_stream_configs:
    - type: ParentStreamConfig
      parent_key: id
      partition_field: list
      stream:
        ${indented(parent, 8)}`;

/** A stream of lists, and one of tasks with a parent that is written out. */
const manifest = (parent: string) => `version: 6.0.0
type: DeclarativeSource
check: { type: CheckStream, stream_names: [lists] }
streams:
  - ${indented(lists('lists', '/lists'), 4)}
  - ${indented(lists('tasks', '/tasks'), 4)}
    $parameters: {}
    incremental_sync:
    primary_key: id
  - type: DeclarativeStream
    name: notes
    retriever:
      type: SimpleRetriever
      requester: { type: HttpRequester, url: "https://api.test/notes" }
      record_selector: { extractor: { type: DpathExtractor, field_path: [] } }
      ${indented(childOf(parent), 6)}
    schema_loader: { type: InlineSchemaLoader, schema: { type: object, properties: {} } }
`;

describe('copied-streams', () => {
  it('passes where the copy is the same', async () => {
    await expectPass(manifest(lists('lists', '/lists')));
  });

  it('has nothing to say of a parent that is a stream of its own', async () => {
    await expectNothing(manifest(lists('others', '/lists')));
  });

  it('lets a stream be made of another one', async () => {
    const made = '{ $ref: "#/streams/0", primary_key: key }';
    await expectPass(manifest(made));
    await expectViolations(manifest(made.replace('}', ', name: lists }')), [{ message: /"primary_key"/ }]);
  });

  it('finds what is different in it', async () => {
    const [message, method] = [
      /^Stream "lists" is written 2 times, and "retriever.re/,
      ', http_method: POST',
    ];
    await expectViolations(manifest(lists('lists', '/lists', method)), [
      { message, at: 'POST', stream: 'lists' },
    ]);
    await expectViolations(manifest(lists('lists', '/list')), [
      { message, at: '"https://api.test/list"' },
      { message: /field_path/, at: '[list]' },
    ]);
  });

  it('tells what is different in the parent of a copy once, of the parent', async () => {
    const inner = (method: string) =>
      lists('folders', '/folders').replace(
        'schema_loader:',
        `  ${indented(childOf(lists('lists', '/lists', method)), 2)}
schema_loader:`,
      );
    const yaml = manifest(inner(', http_method: POST')).replace(
      '  - type: DeclarativeStream\n    name: notes',
      `  - ${indented(inner(''), 4)}\n  - type: DeclarativeStream\n    name: notes`,
    );
    await expectViolations(yaml, [
      {
        message:
          'Stream "lists" is written 3 times, and "retriever.requester.http_method" is "POST" here and left out there: are both meant?',
        at: 'POST',
        stream: 'lists',
      },
    ]);
  });

  it('lets a parent leave out its schema, and what changes fields that nobody reads of it', async () => {
    const whole = manifest(lists('lists', '/lists'));
    const other = `schema_loader: { type: InlineSchemaLoader, schema: { type: object, properties: { id: {} } } }`;
    await expectPass(whole.replace(/(name: notes[\s\S]*?)\n *schema_loader: .*/, '$1'));
    // What is there is a copy like all else of it.
    await expectViolations(whole.replace(/(name: notes[\s\S]*?)schema_loader: .*/, `$1${other}`), [
      { message: /"schema_loader\.schema\.properties\.id"/ },
    ]);
    const changed = (transformation: string) =>
      whole.replace(
        '  - type: DeclarativeStream\n    name: tasks',
        `    transformations: [${transformation}]\n  - type: DeclarativeStream\n    name: tasks`,
      );
    await expectPass(changed('{ type: RemoveFields, field_pointers: [[links]] }'));
    await expectPass(changed('{ type: AddFields, fields: [{ path: [links, id], value: x }] }'));
    await expectPass(changed('{ type: CustomTransformation, class_name: a.B }'));
    for (const each of [
      '{ type: RemoveFields, field_pointers: [[links], [id]] }',
      '{ type: AddFields, fields: [{ path: [id], value: x }] }',
      '{ type: KeysToLower }',
    ])
      await expectViolations(changed(each), [
        { message: /"transformations" is left out here/, stream: 'lists' },
      ]);
  });
});
