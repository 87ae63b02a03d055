import type { Comparison, DifferenceKind } from './difference.ts';

const marks: Readonly<Record<DifferenceKind, string>> = { breaking: '✗', additive: '+', changed: '~' };

/** Where a difference is of no stream. */
const theConfig = 'the config';

/** For a terminal: a line for each difference. */
export function diffText({ differences, same, unread }: Comparison): string {
  const lines = differences.map(
    ({ stream, aspect, kind, message }) =>
      `${marks[kind]} ${kind.padEnd(8)}  ${stream ?? theConfig}  ${aspect}: ${message}`,
  );
  for (const { stream, reason } of unread) lines.push(`- not read  ${stream}: ${reason}`);
  if (same.length > 0) lines.push(`= same      ${same.join(', ')}`);
  return `${[...lines, '', summaryOf(differences)].join('\n')}\n`;
}

/** For a comment on a pull request: a table. */
export function diffMarkdown({ differences, same, unread }: Comparison): string {
  const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
  const rows = differences.map(
    ({ stream, aspect, kind, message }) =>
      `| ${kind} | ${cell(stream ?? theConfig)} | ${aspect} | ${cell(message)} |`,
  );
  const table =
    rows.length === 0 ? [] : ['| | stream | what | difference |', '| --- | --- | --- | --- |', ...rows, ''];
  const others = unread.map(({ stream, reason }) => `- \`${stream}\` was not read: ${reason}`);
  const alike = same.length === 0 ? [] : [`Same: ${same.map((name) => `\`${name}\``).join(', ')}`, ''];
  return `${[`**${summaryOf(differences)}**`, '', ...table, ...others, ...alike].join('\n')}\n`;
}

function summaryOf(differences: Comparison['differences']): string {
  if (differences.length === 0) return 'No difference.';
  const counts = (['breaking', 'additive', 'changed'] as const).flatMap((kind) => {
    const count = differences.filter((each) => each.kind === kind).length;
    return count === 0 ? [] : [`${count} ${kind}`];
  });
  return `${counts.join(', ')}.`;
}
