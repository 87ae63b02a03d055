import type { Diagnostic } from '../../error/diagnostic.ts';
import { locationOf, positionOf, printDiagnostic } from '../../error/print-location.ts';
import type { Report } from './report.ts';

/** How many places of one mistake are named in a line. */
const mostNamed = 12;

/**
 * For people: each finding with its line and a caret, and a line for each manifest. What is said in the same words again
 * is shown once, with the lines of the others.
 */
export function asText(reports: readonly Report[]): string {
  return reports.map(reportText).join('');
}

function reportText({ file, findings }: Report): string {
  if (findings.length === 0) return `${file}: valid\n`;
  const alike = new Map<string, Diagnostic[]>();
  for (const found of findings) {
    const words = `${found.severity}: ${found.message}`;
    alike.set(words, [...(alike.get(words) ?? []), found]);
  }
  const texts = [...alike.values()].map(printAlike);
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  return `${texts.join('')}${file}: ${count(errors, 'error')}, ${count(findings.length - errors, 'warning')}\n`;
}

function printAlike([first, ...others]: readonly Diagnostic[]): string {
  if (first === undefined) return '';
  const shown = `${first.severity}: ${printDiagnostic(first)}\n\n`;
  const spots = [...new Set(others.map(lineOf))];
  if (spots.length === 0) return shown;
  const more = spots.length > mostNamed ? `, and ${spots.length - mostNamed} more` : '';
  const named = spots.slice(0, mostNamed).join(', ');
  return `${shown}The same at line${spots.length === 1 ? '' : 's'} ${named}${more}.\n\n`;
}

/** Where there is no text, a pointer. */
function lineOf({ places: [place], offset }: Diagnostic): string {
  const position = place && positionOf(place, offset);
  if (position !== undefined) return String(position.line);
  return place === undefined ? '1' : locationOf(place, offset);
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
