import type { Diagnostic } from '../../error/diagnostic.ts';
import { pathSegment } from '../../language/path-segment.ts';
import type { ManifestNode, MappingNode } from '../../manifest/node.ts';
import { errorAt, warningAt } from '../../manifest/node-diagnostic.ts';
import { setExisting, setNew } from '../../manifest/set-in-tree.ts';
import { readBack } from '../../template/read-back.ts';
import { inspectTemplate } from '../../template/template.ts';
import type { Segment } from '../../util/path/dpath.ts';
import { messageOf } from '../../util/text/message-of.ts';
import { type ComponentAt, childIn, written } from '../visit.ts';

/** What is set for each of the streams that a template makes has a place in the template. */
export function* settablePlaces(group: ComponentAt): Iterable<Diagnostic> {
  const resolver = group.family === 'DynamicStream' ? childIn(group, 'components_resolver') : undefined;
  let template = childIn(group, 'stream_template')?.node;
  if (resolver === undefined || template === undefined) return;
  const before: (readonly Segment[])[] = [];
  for (const [index, { path: texts, creates }] of (resolver.traits.sets ?? []).entries()) {
    // From here on only a config tells what the template looks like.
    if (!texts.every((text) => inspectTemplate(text).isPlain)) return;
    const path = texts.map((text) => pathSegment(readBack(text, undefined)));
    if (path.length === 0 || before.some((known) => isWithin(path, known))) continue;
    before.push(path);
    const node = written(resolver, 'components_mapping', index, 'field_path') ?? resolver.node;
    const changed = place(template, path, creates);
    if (typeof changed === 'string') yield errorAt(node, changed);
    else if (changed === undefined) yield warningAt(node, nowhere(path));
    else template = changed;
  }
}

/** The template with something at the path; a text says why nothing can be there, undefined is for no such place. */
function place(
  template: MappingNode,
  path: readonly Segment[],
  creates: boolean,
): MappingNode | string | undefined {
  const value: ManifestNode = { kind: 'scalar', value: '', place: template.place };
  const { node, count } = setExisting(template, path, value);
  if (count > 0) return node;
  if (!creates) return undefined;
  try {
    return setNew(template, path, value);
  } catch (error) {
    return messageOf(error);
  }
}

/** What is set may be anything, also what the next one goes into. */
function isWithin(path: readonly Segment[], known: readonly Segment[]): boolean {
  return known.every((segment, at) => segment === path[at] || String(segment).includes('*'));
}

function nowhere(path: readonly Segment[]): string {
  return `The template of the streams has nothing at "${path.join('.')}", so nothing is set there. Write the place into the template.`;
}
