import { setMaxListeners } from 'node:events';

/** Aborts as soon as one of the signals does. Every request and every wait of a sync may listen to it. */
export function anySignal(...signals: readonly (AbortSignal | undefined)[]): AbortSignal {
  const signal = AbortSignal.any(signals.filter((each) => each !== undefined));
  setMaxListeners(0, signal);
  return signal;
}
