import type { JsonObject, JsonSchema } from '../util/json/json.ts';

/** What is known of an API, from wherever: the ground for guesses. */
export interface Api {
  readonly title: string;
  /** Without a slash at the end. */
  readonly baseUrl: string;
  readonly auth: Auth | undefined;
  readonly operations: readonly Operation[];
  /** Why streams may be missing; a sentence after a space. */
  readonly hint?: string | undefined;
}

export type Auth =
  | { readonly kind: 'bearer' }
  | { readonly kind: 'basic' }
  | {
      readonly kind: 'key';
      readonly name: string;
      readonly in: 'header' | 'query';
      /** What stands before the key: "Token " of "Authorization: Token abc". */
      readonly prefix?: string;
    }
  | {
      readonly kind: 'oauth';
      readonly tokenUrl: string;
      readonly grant: 'refresh_token' | 'client_credentials';
    };

export interface Operation {
  readonly method: string;
  /** With `{name}` for what differs. */
  readonly path: string;
  /** What it asks for, where all operations have one path, as in GraphQL. */
  readonly asksFor?: string;
  readonly parameters: readonly Parameter[];
  /** Headers that are sent for a reason of this API, as they were seen. Those that log in are not among them. */
  readonly headers: Readonly<Record<string, string>>;
  /** As it was seen; undefined when none is sent. */
  readonly body: RequestBody | undefined;
  /** Of a body of JSON, where it is described: as it is written there, with references into the description. */
  readonly bodySchema?: JsonSchema | undefined;
  /** Of the body of its answer, written out; undefined when nobody knows. */
  readonly answer: JsonSchema | undefined;
  /** Names of headers of its answer, in lower case. */
  readonly answerHeaders: readonly string[];
  /** Somebody has chosen it to be a stream, whatever its method and path look like. */
  readonly isChosen?: boolean;
  /** Statuses that the description has answers for. */
  readonly statuses: readonly string[];
}

export type RequestBody =
  | { readonly kind: 'json'; readonly value: JsonObject }
  | { readonly kind: 'form'; readonly value: Readonly<Record<string, string>> }
  | { readonly kind: 'text'; readonly value: string };

export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'body' | 'form';
  /** Where in a body of JSON it is. */
  readonly field?: readonly string[];
  readonly isRequired: boolean;
  readonly schema: JsonSchema;
  /** The values that were sent, each once, in their order; empty when none was seen. */
  readonly seen: readonly string[];
}
