import type { Build } from '../language/compile.ts';
import type { Registry } from '../language/registry.ts';
import { fieldOf, type ManifestNode } from '../manifest/node.ts';
import { guard } from '../validate/guard.ts';
import { streamRules } from '../validate/stream-rules.ts';
import { componentTree, visit } from '../validate/visit.ts';

/**
 * Makes components, streams only when their parts go together. What has no effect in a stream is logged when it is made
 * for the first time.
 */
export function guardedBuild(build: Build, registry: Registry): Build {
  const guarded = new WeakSet<ManifestNode>();
  return (node, family, scope) => {
    // Parents are looked at within their children.
    if (family === 'Stream' && scope.stream === undefined && !guarded.has(node)) {
      const name = fieldOf(node, 'name');
      const subject = name?.kind === 'scalar' ? `Stream "${name.value}": ` : '';
      const warn = (message: string) => scope.sync.log('WARN', subject + message);
      const components = visit(componentTree(node, family, registry));
      guard(components, streamRules, { registry }, { warn });
      for (const at of components) guarded.add(at.node);
    }
    return build(node, family, scope);
  };
}
