const waiting = new WeakMap<AbortSignal, Set<(reason: unknown) => void>>();

/**
 * Calls back once when the signal is aborted, at once if it already is. Call the result to end that. A signal has one
 * listener however many wait for it: each request of a sync does, and adding one costs more than most of its other steps.
 */
export function onAbort(signal: AbortSignal, callback: (reason: unknown) => void): () => void {
  if (signal.aborted) {
    callback(signal.reason);
    return () => {};
  }
  const callbacks = waiting.get(signal) ?? listenTo(signal);
  callbacks.add(callback);
  return () => void callbacks.delete(callback);
}

function listenTo(signal: AbortSignal): Set<(reason: unknown) => void> {
  const callbacks = new Set<(reason: unknown) => void>();
  waiting.set(signal, callbacks);
  const tell = () => {
    for (const callback of callbacks) callback(signal.reason);
    callbacks.clear();
  };
  signal.addEventListener('abort', tell, { once: true });
  return callbacks;
}
