import { emptySlice } from '../../../../engine/contract/slice.ts';
import { describeSlice } from '../../../../engine/sync/read/describe-slice.ts';

describe('describeSlice', () => {
  it('names partition and window', () => {
    const slice = {
      ...emptySlice,
      partition: { company_id: '5' },
      cursor: { start_time: 'a', end_time: 'b' },
    };
    expect(describeSlice(slice)).toEqual([
      'partition {"company_id":"5"}',
      'window {"start_time":"a","end_time":"b"}',
    ]);
  });

  it('says nothing of the only slice of a stream', () => {
    expect(describeSlice(emptySlice)).toEqual([]);
  });

  it('shows integers of any size', () => {
    expect(describeSlice({ ...emptySlice, partition: { id: 12345678901234567890n } })).toEqual([
      'partition {"id":12345678901234567890}',
    ]);
  });
});
