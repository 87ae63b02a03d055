import type { Cursor } from '../../../../engine/contract/families.ts';
import { emptySlice } from '../../../../engine/contract/slice.ts';
import { createStreamWriter } from '../../../../engine/sync/read/stream-writer.ts';
import type { SyncEvent } from '../../../../engine/sync/read/sync-event.ts';
import { createChannel } from '../../../../engine/util/flow/channel.ts';

const minute = 60_000;
const records = (count: number) => ({ records: Array.from({ length: count }, () => ({})) });

/** What a writer writes, in short, and the time that it goes by. */
function writing(over: Partial<Cursor> = {}, bytesPerState?: number) {
  const written: string[] = [];
  const events: SyncEvent[] = [];
  const channel = {
    ...createChannel<SyncEvent>(1),
    async push(event: SyncEvent) {
      events.push(event);
      if (event.kind === 'state') written.push(`state ${JSON.stringify(event.state)}`);
      else if (event.kind === 'records') written.push(`records ${event.records.length}`);
      else if (event.kind === 'status') written.push(event.status);
    },
  };
  const time = { now: 1000 };
  let isFinished = false;
  const cursor: Cursor = {
    async *slices() {},
    addTo() {},
    shouldBeSynced: () => true,
    observe() {},
    closeSlice() {},
    finish() {
      isFinished = true;
    },
    state: () => ({ at: isFinished ? 'end' : 'slice' }),
    midSliceState: () => ({ at: 'middle' }),
    ...over,
  };
  const writer = createStreamWriter('items', cursor, { channel, now: () => time.now, bytesPerState });
  const page = (count: number) => writer.page(records(count), emptySlice);
  return { writer, page, written, events, time };
}

describe('the records of a stream', () => {
  it('are announced once, and none are written of an empty page', async () => {
    const { page, written } = writing();
    await page(0);
    expect(written).toEqual([]);
    await page(2);
    await page(1);
    expect(written).toEqual(['RUNNING', 'records 2', 'records 1']);
  });

  it('come with their files and lines where they have any', async () => {
    const { writer, page, events } = writing();
    await page(1);
    const fileReferences = new Map([[0, { file: 'a' }]]);
    const lines = new Uint8Array([1]);
    await writer.page({ records: [{}], fileReferences, lines }, emptySlice);
    expect(events.slice(1)).toEqual([
      { kind: 'records', stream: 'items', records: [{}] },
      { kind: 'records', stream: 'items', records: [{}], fileReferences, lines },
    ]);
  });
});

describe('a state inside of a slice', () => {
  const states = (written: readonly string[]) => written.filter((line) => line.startsWith('state'));

  it('is due after ten thousand records, and then after as many again', async () => {
    const { writer, page, written } = writing();
    writer.opens();
    for (const count of [9999, 1, 9999, 1]) await page(count);
    expect(written).toEqual([
      'RUNNING',
      'records 9999',
      'records 1',
      'state {"at":"middle"}',
      'records 9999',
      'records 1',
      'state {"at":"middle"}',
    ]);
  });

  it('is due after so many bytes of lines, where somebody asks for that', async () => {
    const { writer, written } = writing({}, 100);
    writer.opens();
    for (const bytes of [99, 1, 99, 1])
      await writer.page({ ...records(1), lines: new Uint8Array(bytes) }, emptySlice);
    expect(states(written)).toHaveLength(2);
    expect(written.slice(0, 4)).toEqual(['RUNNING', 'records 1', 'records 1', 'state {"at":"middle"}']);
  });

  it('is due after five minutes', async () => {
    const { writer, page, written, time } = writing();
    writer.opens();
    for (const step of [5 * minute - 1, 1, 5 * minute - 1, 1]) {
      time.now += step;
      await page(1);
    }
    expect(states(written)).toHaveLength(2);
    expect(written.slice(0, 4)).toEqual(['RUNNING', 'records 1', 'records 1', 'state {"at":"middle"}']);
  });

  it('waits while other slices are open, and where the cursor cannot vouch for one', async () => {
    const { writer, page, written } = writing();
    writer.opens();
    writer.opens();
    await page(10_000);
    expect(states(written)).toEqual([]);
    writer.closes();
    await page(1);
    expect(states(written)).toHaveLength(1);
    const unsure = writing({ midSliceState: () => undefined });
    await unsure.page(10_000);
    expect(states(unsure.written)).toEqual([]);
  });
});

describe('a state after a slice', () => {
  it('comes after each of the first hundred, and then after every five percent', async () => {
    const { writer, written } = writing();
    const after: number[] = [];
    for (let closed = 1; closed <= 240; closed++) {
      const before = written.length;
      await writer.sliceEnd();
      if (written.length > before) after.push(closed);
    }
    expect(after.slice(0, 119)).toEqual(Array.from({ length: 119 }, (_, index) => index + 1));
    expect(after.slice(119)).toEqual([
      121, 123, 125, 127, 129, 131, 133, 135, 137, 139, 142, 145, 148, 151, 154, 157, 161, 165, 169, 173, 177,
      182, 187, 192, 197, 203, 209, 215, 222, 229, 236,
    ]);
  });

  it('comes after five minutes in any case', async () => {
    const { writer, written, time } = writing();
    for (let closed = 1; closed <= 200; closed++) await writer.sliceEnd();
    const before = written.length;
    time.now += 5 * minute - 1;
    await writer.sliceEnd();
    expect(written).toHaveLength(before);
    time.now += 1;
    await writer.sliceEnd();
    expect(written).toHaveLength(before + 1);
  });

  it('comes as seldom as the cursor wants it', async () => {
    const { writer, written, time } = writing({ stateInterval: 2 * minute });
    for (const step of [0, 2 * minute - 1, 1, 2 * minute - 1, 1]) {
      time.now += step;
      await writer.sliceEnd();
    }
    expect(written).toHaveLength(2);
  });
});

describe('the last state', () => {
  it('is that of a cursor which has finished', async () => {
    const { writer, written } = writing();
    await writer.finish();
    expect(written).toEqual(['state {"at":"end"}']);
  });

  it('of a stream that is told to stop covers the slices since the one before', async () => {
    const { writer, written, time } = writing({ stateInterval: minute });
    await writer.stop();
    expect(written).toEqual([]);
    await writer.sliceEnd();
    await writer.stop();
    expect(written).toEqual(['state {"at":"slice"}']);
    await writer.stop();
    expect(written).toHaveLength(1);
    time.now += minute;
    await writer.sliceEnd();
    await writer.stop();
    expect(written).toHaveLength(2);
  });

  it('does not come early from a cursor that says nothing before the end', async () => {
    const { writer, written } = writing({ stateInterval: Number.POSITIVE_INFINITY });
    await writer.sliceEnd();
    await writer.stop();
    expect(written).toEqual([]);
  });

  it('covers the records of a slice that is left, while no other one is open', async () => {
    const { writer, page, written } = writing();
    writer.opens();
    await writer.leave(emptySlice);
    await page(1);
    writer.opens();
    await writer.leave(emptySlice);
    expect(written).toEqual(['RUNNING', 'records 1']);
    writer.closes();
    await writer.leave(emptySlice);
    await writer.leave(emptySlice);
    expect(written).toEqual(['RUNNING', 'records 1', 'state {"at":"middle"}']);
    const unsure = writing({ midSliceState: () => undefined });
    await unsure.page(1);
    await unsure.writer.leave(emptySlice);
    expect(unsure.written).toEqual(['RUNNING', 'records 1']);
  });
});
