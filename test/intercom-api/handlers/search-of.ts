import type { Call } from '../route.ts';
import type { JsonObject } from '../rows.ts';
import { createSearch, type SearchRequest, type SearchResult } from '../search.ts';
import type { Indexed } from '../table.ts';

const shared = createSearch();

/** Runs a search with the `pagination` object of a body (or what stands for it in a list). */
export function search<Row extends Indexed>(
  call: Call,
  request: Pick<
    SearchRequest<Row>,
    'table' | 'dialect' | 'query' | 'only' | 'sort' | 'defaultPerPage' | 'maxPerPage'
  > & {
    readonly name: string;
    readonly pagination: JsonObject;
  },
): SearchResult<Row> {
  const { name, pagination, ...rest } = request;
  return shared.run({
    ...rest,
    key: `${call.workspace.id} ${name} ${call.version}`,
    perPage: pagination.per_page,
    startingAfter: pagination.starting_after,
    now: call.workspace.seconds(),
    faults: call.search,
  });
}
