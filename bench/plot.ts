interface Plot {
  readonly series: readonly {
    readonly name: string;
    readonly points: readonly (readonly [x: number, y: number])[];
  }[];
  readonly x: string;
  readonly y: string;
}

const width = 560;
const height = 300;
const margin = { left: 52, right: 96, top: 16, bottom: 40 };
const colours = ['#2563eb', '#d97706', '#059669', '#7c3aed'];

/** Lines through points as an SVG image, from zero on both axes; legible on light and on dark. */
export function plot({ series, x, y }: Plot): string {
  const all = series.flatMap(({ points }) => points);
  const largest = [Math.max(...all.map(([at]) => at)), Math.max(...all.map(([, value]) => value))] as const;
  const left = (at: number) => margin.left + (at / largest[0]) * (width - margin.left - margin.right);
  const top = (value: number) =>
    height - margin.bottom - (value / largest[1]) * (height - margin.top - margin.bottom);
  const text = (atX: number, atY: number, content: string, more = '') =>
    `<text x="${atX.toFixed(1)}" y="${atY.toFixed(1)}" ${more}>${content}</text>`;
  const steps = [0, 0.25, 0.5, 0.75, 1];
  const lines = series.map(({ name, points }, index) => {
    const colour = colours[index % colours.length];
    const path = points.map(([at, value]) => `${left(at).toFixed(1)},${top(value).toFixed(1)}`).join(' ');
    const dots = points
      .map(
        ([at, value]) =>
          `<circle cx="${left(at).toFixed(1)}" cy="${top(value).toFixed(1)}" r="3" fill="${colour}"/>`,
      )
      .join('');
    const [lastX, lastY] = points.at(-1) ?? [0, 0];
    const label = text(left(lastX) + 8, top(lastY) + 4, name, `fill="${colour}"`);
    return `<polyline points="${path}" fill="none" stroke="${colour}" stroke-width="2"/>${dots}${label}`;
  });
  const axes = steps.map((step) => {
    const value = step * largest[1];
    const line = `<line x1="${margin.left}" x2="${width - margin.right}" y1="${top(value)}" y2="${top(value)}" stroke="#888" stroke-opacity="0.25"/>`;
    const marks = text(margin.left - 6, top(value) + 4, value.toFixed(1), 'text-anchor="end"');
    return (
      line +
      marks +
      text(left(step * largest[0]), height - margin.bottom + 16, String(step), 'text-anchor="middle"')
    );
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="system-ui, sans-serif" font-size="11" fill="#777">
<title>${y} by ${x}</title>
${axes.join('\n')}
${lines.join('\n')}
${text((width - margin.right + margin.left) / 2, height - 8, x, 'text-anchor="middle"')}
${text(14, height / 2, y, `text-anchor="middle" transform="rotate(-90 14 ${height / 2})"`)}
</svg>
`;
}
