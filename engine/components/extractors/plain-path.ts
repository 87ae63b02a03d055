import type { Scope } from '../../contract/scope.ts';
import { ConnectorError } from '../../error/connector-error.ts';
import type { Template } from '../../language/fields.ts';
import type { Finding } from '../../language/finding.ts';
import { pathSegment } from '../../language/path-segment.ts';
import { fieldOf } from '../../manifest/node.ts';
import { inspectTemplate } from '../../template/template.ts';
import type { Segment } from '../../util/path/dpath.ts';

const wildcard = /[*?[]/;

/** A path of templates over the config that leads to one place: it has no `*`, `?` or `[`. */
export function plainPath(segments: readonly Template[], field: string, scope: Scope): readonly Segment[] {
  const path = segments.map((segment) => pathSegment(segment(scope)()));
  if (path.some((segment) => typeof segment === 'string' && wildcard.test(segment))) {
    throw new ConnectorError(messageFor(field, path), {
      kind: 'config_error',
      nodes: [(fieldOf(scope.node, field) ?? scope.node).place],
    });
  }
  return path;
}

/** The same of what needs no config. */
export function* wildcards(segments: readonly Template[], field: string): Iterable<Finding> {
  for (const [index, { text }] of segments.entries()) {
    if (wildcard.test(text) && inspectTemplate(text).isPlain)
      yield {
        message: messageFor(
          field,
          segments.map((segment) => segment.text),
        ),
        at: [field, index],
      };
  }
}

function messageFor(field: string, path: readonly Segment[]): string {
  return `"${field}" must lead to one field, so "*", "?" and "[" have no meaning in ${JSON.stringify(path)}.`;
}
