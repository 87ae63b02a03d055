import { pkParents } from '../../../../engine/conformance/checks/pk-parents.ts';
import { harness } from '../harness.ts';

const { expectPass, expectNothing, expectViolations } = harness(pkParents);

const child = (name: string, key: string, adds = true) => `  - type: DeclarativeStream
    name: ${name}
    primary_key: ${key}
    retriever:
      type: SimpleRetriever
      requester: { type: HttpRequester, url: "https://api.test/boards/{{ stream_partition.board_id }}/${name}" }
      record_selector: { extractor: { type: DpathExtractor, field_path: [data] } }
      partition_router:
        type: SubstreamPartitionRouter
        parent_stream_configs:
          - { type: ParentStreamConfig, parent_key: id, partition_field: board_id, stream: { $ref: "#/streams/0" } }
${adds ? `    transformations: [{ type: AddFields, fields: [{ path: [board_id], value: "{{ stream_partition.board_id }}" }] }]\n` : ''}    schema_loader: { type: InlineSchemaLoader, schema: { type: object, properties: {} } }
`;
const boards = (...children: readonly string[]) => `version: 6.0.0
type: DeclarativeSource
check: { type: CheckStream, stream_names: [boards] }
streams:
  - type: DeclarativeStream
    name: boards
    primary_key: id
    retriever:
      type: SimpleRetriever
      requester: { type: HttpRequester, url: "https://api.test/boards" }
      record_selector: { extractor: { type: DpathExtractor, field_path: [data] } }
    schema_loader: { type: InlineSchemaLoader, schema: { type: object, properties: {} } }
${children.join('')}`;

describe('pk-parents', () => {
  it('passes where all children have their parent in the key, none has, or some have', async () => {
    const both = '[board_id, id]';
    await expectPass(boards(child('tags', both), child('notes', both), child('items', both)));
    await expectPass(boards(child('tags', 'id'), child('notes', 'id'), child('items', both)));
    await expectPass(boards(child('tags', both), child('notes', 'id')));
    // Its records do not tell of the parent.
    await expectPass(boards(child('tags', both), child('notes', both), child('items', 'id', false)));
    await expectNothing(boards());
  });

  it('finds the one that leaves it out', async () => {
    const both = '[board_id, id]';
    await expectViolations(boards(child('tags', both), child('notes', '[id]'), child('items', both)), [
      {
        message:
          'The primary key of stream "notes" has no "board_id", and those of all 2 other streams that are read for each of "boards" have theirs: of records that two parents share, a destination keeps one.',
        at: '[id]',
        stream: 'notes',
      },
    ]);
  });

  it('finds one beside a single other stream when its key is of no identifier', async () => {
    await expectViolations(boards(child('notes', '[ts]'), child('tags', '[board_id, name]')), [
      { message: /^The primary key of stream "notes" has no "board_id", and that of "tags" has its own/ },
    ]);
  });

  it('takes the parent by the name that records are given', async () => {
    const renamed = (name: string, key: string) =>
      child(name, key).replace('path: [board_id]', 'path: [boardId]');
    await expectViolations(boards(renamed('notes', '[ts]'), renamed('tags', '[boardId, name]')), [
      { message: /^The primary key of stream "notes" has no "boardId"/ },
    ]);
    // A field with the name in its own says nothing of the parent.
    await expectPass(
      boards(
        child('notes', '[ts]', false).replace(
          '    schema_loader',
          '    transformations: [{ type: AddFields, fields: [{ path: [old_board_id], value: "{{ record.old }}" }] }]\n    schema_loader',
        ),
        child('tags', '[board_id, name]'),
      ),
    );
  });

  it('finds what the streams that are read for each of its records keep', async () => {
    const threads = child('threads', '[board_id, ts]').replace('#/streams/0', '#/streams/1');
    await expectViolations(boards(child('notes', '[ts]'), threads), [
      { message: /^The primary key of stream "notes" has no "board_id", and that of "threads" has its own/ },
    ]);
  });

  it('finds one of two that are asked for alike below two parents, or told apart alike', async () => {
    const lists = `${child('lists', 'id', false)}`;
    const ofList = (name: string, key: string) =>
      child(name, key)
        .replace('#/streams/0', '#/streams/1')
        .replaceAll('board', 'list')
        .replace(`/${name}"`, '/roles"');
    const ofBoard = child('board_roles', '[id]').replace('/board_roles"', '/roles"');
    await expectViolations(boards(lists, ofBoard, ofList('list_roles', '[list_id, id]')), [
      { message: /has no "board_id", and that of "list_roles", which is like it, has its own/ },
    ]);
    const named = [child('branches', '[name]'), child('issues', '[uid]')];
    await expectViolations(boards(...named, child('labels', '[board_id, name]')), [
      { message: /^The primary key of stream "branches" has no "board_id"/ },
    ]);
  });

  it('knows the parent of a row by what the report is asked to be by', async () => {
    const report = (name: string, key: string, by: string) =>
      child(name, key).replace(`/${name}" }`, `/${name}", request_parameters: { pivot: "(value:${by})" } }`);
    const twin = report('day_report', '[board_id, pivot_value, date]', 'CARD');
    await expectPass(boards(report('card_report', '[pivot_value, date]', 'BOARD'), twin));
    await expectViolations(boards(report('card_report', '[pivot_value, date]', 'LIST'), twin), [
      { message: /^The primary key of stream "card_report" has no "board_id"/ },
    ]);
  });

  it.each([
    ['members', '[uid]'],
    ['members', '[user_id]'],
    ['users', '[email]'],
    ['participants', '[id]'],
  ])('finds %s that are told apart by %s alone', async (name, key) => {
    await expectViolations(boards(child(name, key)), [
      { message: /says who it is, and not of which of "boards"/, at: key, stream: name },
    ]);
  });

  it('lets be the id of what is no person, or of a membership', async () => {
    await expectPass(boards(child('notes', '[id]')));
    await expectPass(boards(child('members', '[membership_id]')));
    await expectPass(boards(child('members', '[id]', false)));
    await expectPass(boards(child('members', '[board_id, uid]')));
  });
});
