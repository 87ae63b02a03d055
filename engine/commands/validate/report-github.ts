import { positionOf } from '../../error/print-location.ts';
import type { Report } from './report.ts';

/** Workflow commands of GitHub Actions, which shows them beside the lines of a pull request. */
export function asGithub(reports: readonly Report[]): string {
  const lines = reports.flatMap(({ file, findings }) =>
    findings.map(({ severity, message, places: [place], offset, rule }) => {
      const spot = place && positionOf(place, offset);
      const properties = {
        file: place?.source.name ?? file,
        ...(spot && { line: String(spot.line), col: String(spot.column) }),
        ...(rule !== undefined && { title: rule }),
      };
      const listed = Object.entries(properties).map(([name, value]) => `${name}=${escapeProperty(value)}`);
      return `::${severity} ${listed.join(',')}::${escapeData(message)}\n`;
    }),
  );
  return lines.join('');
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
