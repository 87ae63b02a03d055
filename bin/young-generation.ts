import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';

/** Bytes of both of its halves. */
const enough = 16 * 1024 * 1024;

/** Milliseconds from one look, which takes 10 microseconds, to the next. */
const interval = 20;

/**
 * Ends the growth of V8's young generation where more saves no time. V8 doubles it as long as anything in it survives, up to
 * 32 MB, with Node 24 and later up to 128, and pages that were written long ago stay in it until it is full. How large it may become
 * can only be said on the command line of Node; by how much it grows is asked each time.
 */
export function holdYoungGeneration(): void {
  const timer = setInterval(() => {
    const size =
      getHeapSpaceStatistics().find(({ space_name }) => space_name === 'new_space')?.space_size ?? 0;
    if (size < enough) return;
    setFlagsFromString('--semi-space-growth-factor=1');
    clearInterval(timer);
  }, interval);
  timer.unref();
}
