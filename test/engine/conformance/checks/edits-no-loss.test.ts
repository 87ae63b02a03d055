import { editsNoLoss } from '../../../../engine/conformance/checks/edits-no-loss.ts';
import { byDay, type Given, harness, itemsWith } from '../harness.ts';

const { expectPass, expectViolations, expectNothing } = harness(editsNoLoss);

const byCursor = `type: DefaultPaginator
page_token_option: { type: RequestOption, inject_into: request_parameter, field_name: after }
page_size_option: { type: RequestOption, inject_into: request_parameter, field_name: limit }
pagination_strategy: { type: CursorPagination, page_size: 4, cursor_value: "{{ response.next }}", stop_condition: "{{ not response.next }}" }`;
const byOffset = `type: DefaultPaginator
page_token_option: { type: RequestOption, inject_into: request_parameter, field_name: offset }
page_size_option: { type: RequestOption, inject_into: request_parameter, field_name: limit }
pagination_strategy: { type: OffsetIncrement, page_size: 4 }`;
const selector = 'extractor: { type: DpathExtractor, field_path: [data] }';

const lossy: Given = {
  async *fault(events, isResumed) {
    for await (const event of events) if (!isResumed || event.kind !== 'records') yield event;
  },
};

describe('edits-no-loss', () => {
  it('passes when what changes meanwhile comes with this sync or the next', async () => {
    await expectPass(itemsWith({ incremental: byDay, paginator: byCursor, selector }));
  });

  it('has nothing to say of streams without a cursor', async () => {
    await expectNothing(itemsWith({ paginator: byCursor, selector }));
  });

  it('finds a sync that leaves out the pages after the first of what came meanwhile', async () => {
    await expectViolations(
      itemsWith({ incremental: byDay, paginator: byCursor, selector }),
      [{ message: /are in neither this sync nor the next, such as \["?\d+/, at: 'updated_at' }],
      lossy,
    );
  });

  it('has nothing to say of records whose moment only a slice gives', async () => {
    const added = (value: string) =>
      itemsWith({
        incremental: byDay,
        paginator: byCursor,
        selector,
        stream: `transformations: [{ type: AddFields, fields: [{ path: [updated_at], value: "${value}" }] }]`,
      });
    await expectPass(added('{{ stream_slice.start_time }}'), lossy);
  });

  it('only remarks that pages by offset lose records when others before them go', async () => {
    await expectViolations(itemsWith({ incremental: byDay, paginator: byOffset, selector }), [
      { message: /is in neither this sync nor the next/, severity: 'note' },
    ]);
  });
});
