import type { Scope } from '../../contract/scope.ts';
import { ConnectorError } from '../../error/connector-error.ts';
import type { Deferred, Evaluate } from '../../language/fields.ts';
import { pathSegment } from '../../language/path-segment.ts';
import { fieldOf } from '../../manifest/node.ts';
import type { Segment } from '../../util/path/dpath.ts';

/** A path of templates over the config that leads to one place: it has no `*`, `?` or `[`. */
export function plainPath(
  segments: readonly Deferred<Evaluate>[],
  field: string,
  scope: Scope,
): readonly Segment[] {
  const path = segments.map((segment) => pathSegment(segment(scope)()));
  if (path.some((segment) => typeof segment === 'string' && /[*?[]/.test(segment))) {
    throw new ConnectorError(
      `"${field}" must lead to one field, so "*", "?" and "[" have no meaning in ${JSON.stringify(path)}.`,
      { kind: 'config_error', nodes: [(fieldOf(scope.node, field) ?? scope.node).place] },
    );
  }
  return path;
}
