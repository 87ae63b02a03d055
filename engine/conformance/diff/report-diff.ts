import { grouped } from '../../util/flow/grouped.ts';
import type { Comparison, DifferenceKind } from './difference.ts';

const marks: Readonly<Record<DifferenceKind, string>> = { breaking: '✗', additive: '+', changed: '~' };

/** Where a difference is of no stream. */
const theConfig = 'the config';

/** For a terminal: a line for each difference. */
export function diffText({ differences, same, unread }: Comparison): string {
  const lines = together(differences).map(
    ({ streams, aspect, kind, message }) =>
      `${marks[kind]} ${kind.padEnd(8)}  ${streams.join(', ')}  ${aspect}: ${message}`,
  );
  for (const { stream, reason } of unread) lines.push(`- not read  ${stream}: ${reason}`);
  if (same.length > 0) lines.push(`= same      ${same.join(', ')}`);
  return `${[...lines, '', summaryOf(differences, unread)].join('\n')}\n`;
}

/** For a comment on a pull request: a table. */
export function diffMarkdown({ differences, same, unread }: Comparison): string {
  const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
  const rows = together(differences).map(
    ({ streams, aspect, kind, message }) =>
      `| ${kind} | ${cell(streams.join(', '))} | ${aspect} | ${cell(message)} |`,
  );
  const table =
    rows.length === 0 ? [] : ['| | stream | what | difference |', '| --- | --- | --- | --- |', ...rows, ''];
  const others = unread.map(({ stream, reason }) => `- \`${stream}\` was not read: ${reason}`);
  const alike = same.length === 0 ? [] : [`Same: ${same.map((name) => `\`${name}\``).join(', ')}`, ''];
  return `${[`**${summaryOf(differences, unread)}**`, '', ...table, ...others, ...alike].join('\n')}\n`;
}

/** One change is often that of many streams, which then stand in one line. */
function together(differences: Comparison['differences']) {
  const alike = grouped(differences, ({ aspect, kind, message }) => `${kind} ${aspect} ${message}`);
  return [...alike.values()].flatMap((each) => {
    const [first] = each;
    return first === undefined ? [] : [{ ...first, streams: each.map(({ stream }) => stream ?? theConfig) }];
  });
}

function summaryOf(differences: Comparison['differences'], unread: Comparison['unread']): string {
  if (differences.length === 0)
    return unread.length === 0 ? 'No difference.' : 'No difference in what could be read.';
  const counts = (['breaking', 'additive', 'changed'] as const).flatMap((kind) => {
    const count = differences.filter((each) => each.kind === kind).length;
    return count === 0 ? [] : [`${count} ${kind}`];
  });
  return `${counts.join(', ')}.`;
}
