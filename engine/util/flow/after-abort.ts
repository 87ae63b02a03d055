/** A signal that aborts so many milliseconds after another one, for what may go on that long. It keeps no process alive. */
export function afterAbort(signal: AbortSignal | undefined, milliseconds: number): AbortSignal {
  const late = new AbortController();
  const begin = () => {
    setTimeout(() => late.abort(signal?.reason), milliseconds).unref();
  };
  if (signal?.aborted === true) begin();
  else signal?.addEventListener('abort', begin, { once: true });
  return late.signal;
}
