/** Takes pieces of text, or of its bytes, and hands them on together. */
export interface GatheredWriter {
  /** Resolves when there is room for more, so a slow reader makes the writer wait. Bytes may then be used again. */
  write(text: string | Uint8Array): Promise<void>;
  /** Hands on what is still here; resolves when it has been taken. */
  flush(): Promise<void>;
}

export interface GatheredWriterOptions {
  /** Where it goes. Resolves when it has been written. */
  readonly take: (bytes: Uint8Array) => Promise<void>;
  /** Calls `run` after so many milliseconds. */
  readonly later?: (run: () => void, milliseconds: number) => void;
}

/** Bytes that are handed on without waiting for more: as many as a pipe holds. */
const fullSize = 64 * 1024;

const nothing = () => {};

/** Milliseconds that a text may wait for others. */
const longestWait = 5;

/**
 * Gathers small texts into few writes, in the order in which they came: each write costs a call into the kernel and
 * often a switch to the reader, more than making a small page of records does. A text that is large by itself goes out at
 * once, and none waits for more than a few milliseconds.
 */
export function createGatheredWriter({ take, later = setTimeout }: GatheredWriterOptions): GatheredWriter {
  let pieces: Uint8Array[] = [];
  let size = 0;
  /** Texts that follow the pieces: made bytes of together, for each text by itself would be dear. */
  let text = '';
  let isDue = false;
  const done = Promise.resolve();

  function flush(): Promise<void> {
    closeText();
    if (pieces.length === 0) return done;
    const [first] = pieces;
    const bytes = pieces.length === 1 && first !== undefined ? first : Buffer.concat(pieces);
    pieces = [];
    size = 0;
    return take(bytes);
  }

  function closeText(): void {
    if (text !== '') pieces.push(Buffer.from(text));
    text = '';
  }

  return {
    write(piece) {
      if (typeof piece === 'string') {
        text += piece;
      } else if (piece.length >= fullSize) {
        // To join it with those before it would take longer than to hand on both.
        return Promise.all([flush(), take(piece)]).then(nothing);
      } else {
        closeText();
        pieces.push(Buffer.from(piece));
      }
      size += piece.length;
      if (size >= fullSize) return flush();
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
