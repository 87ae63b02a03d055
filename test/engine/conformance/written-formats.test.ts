import { formatsIn, putOut } from '../../../engine/conformance/written-formats.ts';

it.each([
  ["{{ now_utc().strftime('%Y-%m-%d') }}", ['%Y-%m-%d']],
  ["from {{ day_delta(-1, '%Y') }} to {{ format_datetime(config['end'], '%s') }}", ['%Y', '%s']],
  ["{{ x.strftime('%Y') if a else y.strftime('%m') }}", ['%Y', '%m']],
  ['{{ x.strftime(config.format) }}', []],
  ['{{ config.start }}', []],
])('%s writes %j', (text, formats) => {
  expect(formatsIn(text).map(({ format }) => format)).toEqual(formats);
});

it('a count since the epoch may be meant by the format of a text, and not by that of a moment', () => {
  const ofText = (text: string) => formatsIn(text).map((each) => each.ofText);
  expect(ofText("{{ format_datetime(config['end'], '%s') }}")).toEqual([true]);
  expect(ofText("{{ format_datetime(config.get('end'), '%s') }}")).toEqual([true]);
  expect(ofText("{{ format_datetime(now_utc(), '%s') }}")).toEqual([false]);
  expect(ofText("{{ now_utc().strftime('%s') }}")).toEqual([false]);
});

it.each([
  ["{{ now_utc().strftime('%Y') }}", ['%Y']],
  ["{{ config['end'] or now_utc().strftime('%Y') }}", ['%Y']],
  ["{{ config.get('end', now_utc().strftime('%Y')) }}", ['%Y']],
  ["{{ config['end'] | default(now_utc().strftime('%Y')) }}", ['%Y']],
  ["{{ x.strftime('%Y') if a else y.strftime('%m') }}", ['%Y', '%m']],
  ["T{{ now_utc().strftime('%Y') }}", []],
  ["{{ now_utc().strftime('%Y') ~ 'Z' }}", []],
])('of what %s puts out as it is the formats are %j', (text, formats) => {
  expect(putOut(text).map(({ format }) => format)).toEqual(formats);
});
