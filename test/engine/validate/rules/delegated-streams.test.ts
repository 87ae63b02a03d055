import { delegatedStreams } from '../../../../engine/validate/rules/delegated-streams.ts';
import { manifestOf } from '../../../kit/read-manifest.ts';
import { harness } from '../harness.ts';

const { expectValid, expectErrors } = harness(delegatedStreams);

const stream = (name: string, rest = '') =>
  `{ name: ${name}, retriever: { requester: { url: https://a.b }, record_selector: { extractor: { field_path: [] } } }${rest} }`;
const delegating = (full: string, incremental: string, rest = '') =>
  manifestOf(`type: StateDelegatingStream
name: items
full_refresh_stream: ${full}
incremental_stream: ${incremental}${rest}`);

describe('delegatedStreams', () => {
  it('have one name', () => {
    expectValid(delegating(stream('items'), stream('items')));
    const message = (other: string) =>
      `A StateDelegatingStream and its two streams must have the same name, but one is "items" and the other "${other}".`;
    expectErrors(delegating(stream('itemz'), stream('others')), [
      { message: message('itemz'), at: 'itemz' },
      { message: message('others'), at: 'others' },
    ]);
  });

  it('tell how old a state is where it matters', () => {
    const counting = ', incremental_sync: { type: IncrementingCountCursor, cursor_field: n }';
    expectValid(delegating(stream('items'), stream('items', counting)));
    expectErrors(delegating(stream('items'), stream('items', counting), '\napi_retention_period: P30D'), [
      {
        message:
          'Stream "items" counts (IncrementingCountCursor), so "api_retention_period" cannot tell how old its state is.',
        at: '{ type: IncrementingCountCursor',
      },
    ]);
  });
});
