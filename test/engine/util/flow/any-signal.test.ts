import { anySignal } from '../../../../engine/util/flow/any-signal.ts';

describe('anySignal', () => {
  it('aborts with the first of its signals, for its reason', () => {
    const [one, two] = [new AbortController(), new AbortController()];
    const signal = anySignal(one.signal, undefined, two.signal);
    expect(signal.aborted).toBe(false);
    two.abort(new Error('enough'));
    one.abort();
    expect(signal.reason).toEqual(new Error('enough'));
  });
});
