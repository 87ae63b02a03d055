import type { Decoder } from '../../../../engine/contract/families.ts';
import { decodedResponse, replayable } from '../../../../engine/sync/pages/decoded-response.ts';
import { collect } from '../../../kit/cursors.ts';
import { testResponse } from '../../../kit/response.ts';

/** A decoder that knows its documents beforehand and counts how often it is asked for them. */
function countingDecoder(batches: readonly (readonly unknown[])[], isStreaming = false) {
  const log = { decoded: 0, batches: 0 };
  const decoder: Decoder = {
    isStreaming,
    async *decode() {
      log.decoded++;
      for (const batch of batches) {
        log.batches++;
        yield batch;
      }
    },
  };
  return { page: decodedResponse(decoder, testResponse({})), log };
}

describe('decodedResponse', () => {
  it('knows the first document once the documents were read, without decoding again', async () => {
    const { page, log } = countingDecoder([[], ['first', 'second'], ['third']]);
    expect(await collect(page.documents())).toEqual([[], ['first', 'second'], ['third']]);
    expect(await page.firstDocument()).toBe('first');
    expect(log).toEqual({ decoded: 1, batches: 3 });
  });

  it('finds the first document itself when nobody has read the documents, and no more than that', async () => {
    const { page, log } = countingDecoder([[], ['first'], ['second']]);
    expect(await page.firstDocument()).toBe('first');
    expect(await page.firstDocument()).toBe('first');
    expect(log).toEqual({ decoded: 1, batches: 2 });
  });

  it('has an empty document for a response without any, and decodes it once too', async () => {
    const { page, log } = countingDecoder([[]]);
    expect(await page.firstDocument()).toEqual({});
    expect(await page.firstDocument()).toEqual({});
    expect(log.decoded).toBe(1);
  });

  it('leaves a body that is read as it arrives to whoever reads the records', async () => {
    const { page, log } = countingDecoder([['first']], true);
    expect(await page.firstDocument()).toEqual({});
    expect(log.decoded).toBe(0);
    expect(await collect(page.documents())).toEqual([['first']]);
    expect(await page.firstDocument()).toEqual({});
  });
});

describe('replayable', () => {
  it('gives the documents to one reader after the other', async () => {
    const { page, log } = countingDecoder([[1], [2], [3]]);
    const whole = replayable(page);
    for await (const batch of whole.documents()) {
      if (batch[0] === 2) break;
    }
    expect(log.batches).toBe(2);
    expect(await collect(whole.documents())).toEqual([[1], [2], [3]]);
    expect(await collect(whole.documents())).toEqual([[1], [2], [3]]);
    expect(await page.firstDocument()).toBe(1);
    expect(log).toEqual({ decoded: 1, batches: 3 });
  });
});
