/** What components want to say once a stream has been read: about what they counted on the way. */
export interface StreamEndings {
  add(stream: string, tell: () => string | undefined): void;
  /** What is to be said of a stream that has been read, each of it once. */
  of(stream: string): readonly string[];
}

export function createStreamEndings(): StreamEndings {
  const tellers = new Map<string, Array<() => string | undefined>>();
  return Object.freeze<StreamEndings>({
    add(stream, tell) {
      tellers.set(stream, [...(tellers.get(stream) ?? []), tell]);
    },
    of(stream) {
      const told = (tellers.get(stream) ?? []).flatMap((tell) => tell() ?? []);
      tellers.delete(stream);
      return told;
    },
  });
}
