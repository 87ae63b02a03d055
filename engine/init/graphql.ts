import type { RequestBody } from './api.ts';

/** The query of a GraphQL request; undefined for other bodies. */
export function graphQlQuery(body: RequestBody | undefined): string | undefined {
  if (body?.kind !== 'json') return undefined;
  const { query } = body.value;
  return typeof query === 'string' && /^\s*(?:query\b|\{|fragment\b)/.test(query) ? query : undefined;
}

/**
 * What a query asks for, since all of them have one path: the name of its operation, or else the first field that it
 * reads.
 */
export function graphQlName(query: string): string {
  const operation = /\bquery\s+(\w+)/.exec(query)?.[1];
  if (operation !== undefined) return operation;
  return /\{\s*(?:\w+\s*:\s*)?(\w+)/.exec(query)?.[1] ?? 'query';
}
