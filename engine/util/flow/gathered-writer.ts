/** Takes pieces of text and hands them on together. */
export interface GatheredWriter {
  /** Resolves when there is room for more, so a slow reader makes the writer wait. */
  write(text: string): Promise<void>;
  /** Hands on what is still here; resolves when it has been taken. */
  flush(): Promise<void>;
}

export interface GatheredWriterOptions {
  /** Where the text goes. Resolves when it has been taken. */
  readonly take: (text: string) => Promise<void>;
  /** Calls `run` after so many milliseconds. */
  readonly later?: (run: () => void, milliseconds: number) => void;
}

/** Characters that are handed on without waiting for more: as many as a pipe holds. */
const fullSize = 64 * 1024;

/** Milliseconds that a text may wait for others. */
const longestWait = 5;

/**
 * Gathers small texts into few writes, in the order in which they came: each write costs a call into the kernel and
 * often a switch to the reader, more than making a small page of records does. A text that is large by itself goes out at
 * once, and none waits for more than a few milliseconds.
 */
export function createGatheredWriter({ take, later = setTimeout }: GatheredWriterOptions): GatheredWriter {
  let gathered = '';
  let isDue = false;
  const done = Promise.resolve();

  function flush(): Promise<void> {
    if (gathered === '') return done;
    const text = gathered;
    gathered = '';
    return take(text);
  }

  return {
    write(text) {
      gathered += text;
      if (gathered.length >= fullSize) return flush();
      if (!isDue) {
        isDue = true;
        later(() => {
          isDue = false;
          void flush();
        }, longestWait);
      }
      return done;
    },
    flush,
  };
}
