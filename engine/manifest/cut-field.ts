/** What may refer to something outside of its own lines: a reference, an anchor, an alias, a merge. */
const leadsElsewhere = /\$ref|#\/|<<|(?:^|[\s[{,])[&*][\w-]/m;

/**
 * The lines of a top-level block of YAML text that can be read without the rest. Undefined where that takes more than a
 * glance: the field is absent, written in another way, written twice, or refers to something elsewhere.
 */
export function cutField(text: string, name: string): string | undefined {
  const block = new RegExp(`^${name}:[ \\t]*\\r?\\n(?:(?:[ \\t#].*)?\\r?\\n|[ \\t#].+$)*`, 'gm');
  const [found, ...others] = text.match(block) ?? [];
  return found === undefined || others.length > 0 || leadsElsewhere.test(found) ? undefined : found;
}
