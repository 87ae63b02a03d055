import { loadManifest } from '../../../engine/connector/load-manifest.ts';
import { locationOf } from '../../../engine/error/print-location.ts';
import type { Rule, RuleContext } from '../../../engine/validate/rule.ts';
import { validateManifest } from '../../../engine/validate/validate-manifest.ts';
import { manifestOf } from '../../kit/read-manifest.ts';

interface Finding {
  readonly message: string;
  /** The line of the manifest from the caret on, cut to the length of what a test expects. */
  readonly at: string;
  readonly severity?: 'warning';
}

/** The vocabulary of a rule's test: what is fine, and what the rule says of what is not. */
export function harness(rule: Rule, context: Omit<RuleContext, 'registry'> = {}) {
  const find = (yaml: string) => {
    const found = validateManifest(loadManifest({ name: 'x.yaml', text: yaml }), {
      rules: { rule },
      ...context,
    });
    return found.map(({ severity, message, places: [place], offset }) => {
      const [, line, column] = place === undefined ? [] : locationOf(place, offset).split(':');
      const at = yaml.split('\n')[Number(line) - 1]?.slice(Number(column) - 1) ?? '';
      return { severity, message, at };
    });
  };
  return {
    /** Nothing is wrong, by this rule and by the fields themselves. */
    expectValid(yaml: string): void {
      expect(find(yaml)).toEqual([]);
    },
    /** The findings in a manifest, errors unless they say otherwise. */
    expectErrors(yaml: string, expected: readonly Finding[]): void {
      const found = find(yaml).map(({ severity, message, at }, index) => ({
        ...(severity === 'warning' && { severity }),
        message,
        at: at.slice(0, expected[index]?.at.length ?? 40),
      }));
      expect(found).toEqual(expected);
    },
  };
}

/** A manifest with one stream, given by the YAML of its retriever and of what stands beside it. */
export function withRetriever(retriever: string, beside = '', root = ''): string {
  const lines = retriever
    .trim()
    .split('\n')
    .map((line) => `  ${line}`);
  const has = (field: string) => new RegExp(`^ *${field}:`, 'm').test(retriever);
  const rest = [
    ...(has('requester') ? [] : ['  requester: { url: https://api.test/items }']),
    ...(has('record_selector') ? [] : ['  record_selector: { extractor: { field_path: [] } }']),
  ];
  return manifestOf(
    ['name: items', ...(beside === '' ? [] : [beside.trim()]), 'retriever:', ...lines, ...rest].join('\n'),
    root,
  );
}
