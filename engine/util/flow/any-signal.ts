import { setMaxListeners } from 'node:events';

/** Aborts as soon as one of the signals does. Every request and every wait of a sync may listen to it. */
export function anySignal(...signals: readonly (AbortSignal | undefined)[]): AbortSignal {
  const given = signals.filter((each) => each !== undefined);
  const [only] = given;
  // One that follows a single other costs more than a connector needs for all else of its own.
  const signal = only !== undefined && given.length === 1 ? only : AbortSignal.any(given);
  setMaxListeners(0, signal);
  return signal;
}
