import type { Connector } from '../../../engine/index.ts';
import { isObject, type JsonObject } from '../../../engine/util/json/json.ts';

/** The streams of a manifest as a table of Markdown: what each of them is keyed by, needs and costs. */
export async function streamTable(
  connector: Connector,
  trees: ReadonlyMap<string, JsonObject>,
): Promise<string> {
  const suggested = new Set(suggestedIn(trees.get('') ?? {}));
  const rows = (await connector.streams()).map(({ name, primaryKey, cursorField }) => {
    const tree = trees.get(name) ?? {};
    const { since = '', permission = 'not documented' } = parametersOf(tree) as Record<string, string>;
    return [
      suggested.has(name) ? name : `${name} \\*`,
      cursorField === undefined ? 'full' : 'full, incremental',
      (primaryKey ?? []).map((path) => path.join('.')).join(', '),
      cursorField ?? '',
      since,
      permission === 'none' ? 'any token' : permission,
      requestsOf(tree),
    ];
  });
  return markdown(
    ['stream', 'modes', 'primary key', 'cursor', 'since', 'permission', 'requests of a sync'],
    rows,
  );
}

export function suggestedIn(manifest: JsonObject): readonly string[] {
  const { metadata } = manifest as { metadata?: { suggestedStreams?: { streams?: readonly string[] } } };
  return metadata?.suggestedStreams?.streams ?? [];
}

const at = (value: unknown, ...path: readonly string[]): unknown =>
  path.reduce<unknown>((inner, name) => (isObject(inner) ? inner[name] : undefined), value);

const parametersOf = (tree: unknown): JsonObject => {
  const parameters = at(tree, '$parameters');
  return isObject(parameters) ? parameters : {};
};

const singulars: Readonly<Record<string, string>> = {
  companies: 'company',
  help_centers: 'help center',
  data_connectors: 'data connector',
  office_hours_schedules: 'schedule',
};
const singular = (name: string): string => singulars[name] ?? name.replace(/s$/, '');

/** What a stream costs, read from the components that it is made of. */
function requestsOf(tree: JsonObject): string {
  const retriever = at(tree, 'retriever');
  const hook = String(at(retriever, 'class_name') ?? '');
  if (at(retriever, 'type') === 'AsyncRetriever') return 'about 5 per 90 days, and a wait';
  if (hook.endsWith('EmbeddedRecords')) {
    const parent = String(at(retriever, '$parameters', 'parent'));
    const whole = parent === 'company' ? 'companies' : `${parent}s`;
    return at(retriever, 'retriever', 'requester', 'request_parameters') === undefined
      ? `none beside ${whole}`
      : `1 per 150 ${whole} that changed`;
  }
  if (at(tree, 'name') === 'companies') return '1 per 60 that changed; once a week, 1 per 100';
  if (hook.endsWith('Gated')) {
    const gate = parametersOf(tree).count ?? at(tree, 'name') === 'article_drafts';
    return `${perParent(at(retriever, 'retriever'))}${gate ? ', if it has any' : ''}`;
  }
  const own = innermost(retriever);
  if (at(own, 'partition_router') !== undefined) return perParent(own);
  const parameters = parametersOf(tree);
  if (String(parameters.path).endsWith('/search')) return '1 per 150 that changed';
  if (at(tree, 'name') === 'activity_logs') return '1 per 250 new ones; before 2.16, 1 per 20';
  if (
    at(own, 'record_selector', 'extractor', 'record_expander') !== undefined &&
    parameters.use_cache === true
  ) {
    return `none beside ${String(parameters.path).slice(1)}`;
  }
  const asked = String(at(own, 'requester', 'request_parameters', 'per_page') ?? '');
  const size = asked.includes("parameters['per_page']")
    ? (parameters.per_page ?? 50)
    : /\d+/.exec(asked)?.[0];
  const perPage = size ?? /per_page=(\d+)/.exec(String(parameters.path))?.[1];
  const stops = at(tree, 'incremental_sync', 'is_data_feed') === true;
  if (at(tree, 'name') === 'external_pages') return '1 per page';
  if (perPage === undefined) return '1';
  return `1 per ${String(perPage)}${stops ? ' that changed' : ''}`;
}

/** The retriever inside of those that only add to it. */
function innermost(retriever: unknown): unknown {
  const inner = at(retriever, 'retriever');
  return inner === undefined ? retriever : innermost(inner);
}

function perParent(retriever: unknown): string {
  const router = at(retriever, 'partition_router');
  const grouped = at(router, 'underlying_partition_router');
  const parents = at(grouped ?? router, 'parent_stream_configs');
  const [parent] = Array.isArray(parents) ? parents : [];
  const name = String(at(parent, 'stream', 'name'));
  const changed = at(parent, 'incremental_dependency') === true ? ' that changed' : '';
  if (grouped !== undefined) return `1 per ${String(at(router, 'group_size'))} ${name}${changed}`;
  return `1 per ${singular(name)}${changed}`;
}

function markdown(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}
