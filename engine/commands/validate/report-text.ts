import { printDiagnostic } from '../../error/print-location.ts';
import type { Report } from './report.ts';

/** For people: each finding with its line and a caret, and a line for each manifest. */
export function asText(reports: readonly Report[]): string {
  return reports.map(reportText).join('');
}

function reportText({ file, findings }: Report): string {
  if (findings.length === 0) return `${file}: valid\n`;
  const texts = findings.map((found) => `${found.severity}: ${printDiagnostic(found)}\n\n`);
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  return `${texts.join('')}${file}: ${count(errors, 'error')}, ${count(findings.length - errors, 'warning')}\n`;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
