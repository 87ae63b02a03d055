import { type ChildNode, childNodes } from '../../language/child-nodes.ts';
import { findComponent } from '../../language/find-component.ts';
import type { Registry } from '../../language/registry.ts';
import { fieldOf, type MappingNode } from '../../manifest/node.ts';
import { requesterKey } from './requester-key.ts';

/** What a component asks for when it is read, before anybody says with which config. */
export type Asked =
  | { readonly kind: 'request'; readonly key: string }
  | { readonly kind: 'all' | 'one'; readonly of: readonly Asked[] }
  /** If the condition in a field of the component holds. */
  | { readonly kind: 'when'; readonly component: MappingNode; readonly field: string; readonly asked: Asked };

/**
 * Requests whose answers may be kept, each as often as it stands below a component. Requesters and routers may stand deep
 * inside of retrievers that have others in them.
 */
export function askedBelow(parent: ChildNode, registry: Registry, isForPartitions = false): Asked {
  const found = findComponent(parent.node, parent.family, registry);
  const {
    oneOf = [],
    notForPartitions = [],
    onlyWhen = {},
  } = ('component' in found && found.component.reading) || {};
  const all: Asked[] = [];
  const one: Asked[] = [];
  if (parent.family === 'Requester' && !isSwitchedOff(parent.node))
    all.push({ kind: 'request', key: requesterKey(parent.node) });
  for (const child of childNodes(parent, registry)) {
    if (isForPartitions && notForPartitions.includes(child.field)) continue;
    const isParent = parent.family === 'ParentStreamConfig' && child.family === 'Stream';
    const asked = askedBelow(child, registry, isForPartitions || isParent);
    if (isNothing(asked)) continue;
    const field = onlyWhen[child.field];
    const gated: Asked = field === undefined ? asked : { kind: 'when', component: parent.node, field, asked };
    (oneOf.includes(child.field) ? one : all).push(gated);
  }
  if (one.length > 0) all.push({ kind: 'one', of: one });
  const [first, ...others] = all;
  return first !== undefined && others.length === 0 ? first : { kind: 'all', of: all };
}

/** How often each request is asked for, by its key, where `holds` says whether a condition is true. */
export function timesAsked(
  asked: Asked,
  holds: (component: MappingNode, field: string) => boolean,
): ReadonlyMap<string, number> {
  if (asked.kind === 'request') return new Map([[asked.key, 1]]);
  if (asked.kind === 'when')
    return holds(asked.component, asked.field) ? timesAsked(asked.asked, holds) : new Map();
  const times = new Map<string, number>();
  for (const each of asked.of)
    for (const [key, more] of timesAsked(each, holds)) {
      const before = times.get(key) ?? 0;
      times.set(key, asked.kind === 'one' ? Math.max(before, more) : before + more);
    }
  return times;
}

function isNothing(asked: Asked): boolean {
  return asked.kind === 'all' && asked.of.length === 0;
}

function isSwitchedOff(requester: MappingNode): boolean {
  const useCache = fieldOf(requester, 'use_cache');
  return useCache?.kind === 'scalar' && useCache.value === false;
}
