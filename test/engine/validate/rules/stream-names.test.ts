import { streamNames } from '../../../../engine/validate/rules/stream-names.ts';
import { harness } from '../harness.ts';

const { expectValid, expectErrors } = harness(streamNames);

const stream = (name: string) =>
  `{ ${name}retriever: { requester: { url: https://a.b }, record_selector: { extractor: { field_path: [] } } } }`;
const manifest = (...streams: string[]) => `version: 6.0.0
type: DeclarativeSource
check: { type: CheckStream, stream_names: [] }
streams: [${streams.join(', ')}]`;

describe('streamNames', () => {
  it('tell streams apart', () => {
    expectValid(manifest(stream('name: a, '), stream('name: b, ')));
    expectErrors(manifest(stream('name: a, '), stream('name: a, ')), [
      {
        severity: 'warning',
        message: 'Two streams are named "a"; each needs a name of its own.',
        at: 'a, retriever',
      },
    ]);
  });

  it('are needed', () => {
    expectErrors(manifest(stream('')), [
      {
        severity: 'warning',
        message: 'This stream has no "name", so no catalog can ask for it.',
        at: '{ retriever',
      },
    ]);
    const lost = manifest('{ $ref: "#/definitions/a" }');
    expectErrors(lost, [{ message: expect.stringContaining('There is nothing at'), at: '"#/def' }]);
  });
});
