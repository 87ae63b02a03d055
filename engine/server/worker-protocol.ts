import type { OperationName } from './perform.ts';

/** What a worker is told: to answer a request, or to give up the one it works on. */
export type ToWorker =
  | { readonly kind: 'run'; readonly name: OperationName; readonly body: string }
  | { readonly kind: 'abort' };

/** What a worker tells: its answer as JSON text, or why there is none, as a text for the client. */
export type FromWorker =
  | { readonly kind: 'answer'; readonly text: string }
  | { readonly kind: 'failure'; readonly message: string; readonly stack: string | undefined };
