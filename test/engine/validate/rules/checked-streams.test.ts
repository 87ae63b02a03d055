import { checkedStreams } from '../../../../engine/validate/rules/checked-streams.ts';
import { harness } from '../harness.ts';

const { expectValid, expectErrors } = harness(checkedStreams);

const stream = (name: string) =>
  `{ name: ${name}, retriever: { requester: { url: https://a.b }, record_selector: { extractor: { field_path: [] } } } }`;
const manifest = (rest: string) => `version: 6.0.0
type: DeclarativeSource
check: { type: CheckStream, stream_names: [items] }
${rest}`;

describe('checkedStreams', () => {
  it('are in the manifest', () => {
    expectValid(manifest(`streams: [${stream('items')}]`));
    expectErrors(manifest(`streams: [${stream('item')}]`), [
      { message: 'There is no stream "items" to check. Did you mean "item"?', at: 'items] }' },
    ]);
  });

  it('may be under a condition, or made at run time', () => {
    const condition = `{ type: ConditionalStreams, condition: "{{ true }}", streams: [${stream('items')}] }`;
    expectValid(manifest(`streams: [${condition}]`));
    expectValid(manifest('streams: []\ndynamic_streams: []'));
  });

  it('may be groups of those that are made at run time', () => {
    const groups = (name: string) => `version: 6.0.0
type: DeclarativeSource
check: { type: CheckStream, dynamic_streams_check_configs: [{ dynamic_stream_name: ${name} }] }
dynamic_streams:
  - name: tables
    stream_template: ${stream('x')}
    components_resolver: { type: ConfigComponentsResolver, stream_config: { configs_pointer: [tables] }, components_mapping: [] }`;
    expectValid(groups('tables'));
    expectErrors(groups('table'), [
      { message: 'There are no dynamic streams "table" to check. Did you mean "tables"?', at: 'table }' },
    ]);
  });

  it('are not looked for where the list of streams is wrong itself', () => {
    expectErrors(manifest('streams: { a: b }'), [
      { message: '"streams" of DeclarativeSource is wrong: a list is expected.', at: '{ a: b }' },
    ]);
  });
});
