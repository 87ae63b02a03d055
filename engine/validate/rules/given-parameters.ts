import type { Diagnostic } from '../../error/diagnostic.ts';
import { fieldOf, type ManifestNode } from '../../manifest/node.ts';
import { warningAt } from '../../manifest/node-diagnostic.ts';
import { walk } from '../../manifest/walk.ts';
import { neededMembers } from '../../template/member-uses.ts';
import { didYouMean } from '../../util/text/did-you-mean.ts';
import type { RuleContext } from '../rule.ts';
import { textsOf } from '../texts.ts';
import { type ComponentAt, isFilledIn } from '../visit.ts';

/** A parameter that a template puts out is one that the component, or one around it, was given. */
export function* givenParameters(at: ComponentAt, { whole }: RuleContext): Iterable<Diagnostic> {
  if (isFilledIn(at)) return;
  for (const { node, text } of textsOf(at)) {
    if (!text.includes('parameters')) continue;
    for (const { name, member, offset, how } of neededMembers(text)) {
      if (name !== 'parameters' || how === 'call' || how === 'get' || member.startsWith('__')) continue;
      if (isGiven(at.node, member)) continue;
      // Of those who share a definition, some may do without what it puts out for the others.
      if (node.place.via !== undefined && whole?.parameters.has(member)) continue;
      const given = parametersIn(at);
      if (given.has(member)) continue;
      const message = `No $parameters named "${member}" reach this place, so nothing stands here.${didYouMean(member, given)}`;
      yield { ...warningAt(node, message), offset };
    }
  }
}

/** What has come down to a component, its `$parameters` hold. */
function isGiven(node: ManifestNode, name: string): boolean {
  const given = fieldOf(node, '$parameters');
  return given?.kind === 'mapping' && given.entries.has(name);
}

/** The names of those of a component and of all that is in it: its parts may have some of their own. */
function parametersIn({ node }: ComponentAt): ReadonlySet<string> {
  const names = new Set<string>();
  for (const walked of walk(node)) {
    const given = fieldOf(walked.node, '$parameters');
    if (given?.kind === 'mapping') for (const name of given.entries.keys()) names.add(name);
  }
  return names;
}
