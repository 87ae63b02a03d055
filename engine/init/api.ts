import type { JsonSchema } from '../util/json/json.ts';

/** What is known of an API, from wherever: the ground for guesses. */
export interface Api {
  readonly title: string;
  /** Without a slash at the end. */
  readonly baseUrl: string;
  readonly auth: Auth | undefined;
  readonly operations: readonly Operation[];
}

export type Auth =
  | { readonly kind: 'bearer' }
  | { readonly kind: 'basic' }
  | { readonly kind: 'key'; readonly name: string; readonly in: 'header' | 'query' }
  | {
      readonly kind: 'oauth';
      readonly tokenUrl: string;
      readonly grant: 'refresh_token' | 'client_credentials';
    };

export interface Operation {
  readonly method: string;
  /** With `{name}` for what differs. */
  readonly path: string;
  readonly parameters: readonly Parameter[];
  /** Of the body of its answer, written out; undefined when nobody knows. */
  readonly answer: JsonSchema | undefined;
  /** Names of headers of its answer, in lower case. */
  readonly answerHeaders: readonly string[];
  /** Statuses that the description has answers for. */
  readonly statuses: readonly string[];
}

export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query';
  readonly isRequired: boolean;
  readonly schema: JsonSchema;
}
