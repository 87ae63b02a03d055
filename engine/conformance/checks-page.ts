import type { Group } from './check.ts';
import { meaningOf } from './level.ts';
import { specifiedChecks } from './specified-checks.ts';

const titles: Readonly<Record<Group, string>> = {
  spec: 'The config',
  catalog: 'The catalog',
  requests: 'Requests',
  pages: 'Pages',
  records: 'Records',
  incremental: 'States',
  errors: 'Errors',
  protocol: 'The protocol',
};

/** The list of checks in Markdown, out of their own texts. */
export function checksPage(): string {
  const groups = Object.entries(titles).flatMap(([group, title]) => {
    const checks = specifiedChecks.filter((check) => check.group === group);
    if (checks.length === 0) return [];
    const rows = checks.map(
      ({ id, level, severity, doc }) =>
        `| \`${id}\` | ${level} | ${severity} | ${doc.replaceAll('|', '\\|')} |`,
    );
    return [
      '',
      `## ${title}`,
      '',
      '| check | evidence | finds | passes when |',
      '|---|---|---|---|',
      ...rows,
    ];
  });
  const levels = Object.entries(meaningOf).map(([level, meaning]) => `- \`${level}\`: ${meaning}`);
  return [
    '# The built-in checks',
    '',
    '`manifold test` runs them for every manifest. What need not hold is named under `skip` in a [test file](conformance.md), with a reason.',
    '`npm run docs` writes this page out of the texts of the checks.',
    '',
    ...levels,
    '',
    'An error is wrong for everybody. A warning is nearly always a mistake, and may be meant: by itself it fails nothing, with `--strict` it does.',
    ...groups,
    '',
  ].join('\n');
}
