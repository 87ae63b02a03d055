import { lookedInto, toldParts } from '../../../engine/preview/looked-into.ts';
import { fakeClock } from '../../kit/scope.ts';

const context = { config: { deep: { key: 'k3y=zz9', pin: 1299 }, name: 'zz' } };
const secrets = ['k3y=zz9', '1299'];
const now = () => 0;

test.each([
  ["config['deep']['key'][4:]", '****'],
  ["config['deep'].key | upper", '****'],
  ["config['deep'].pin // 100", '****'],
  ["config['deep'].key.startswith('k3')", '****'],
  ["config['deep'].key | length", '7'],
  ["config['name']", "'zz'"],
])('%s is shown as %s', (expression, shown) => {
  const template = `{{ ${expression} }}`;
  expect(toldParts(template, context, now, secrets)[0]?.shown).toBe(shown);
});

test('without secrets all is shown, and what is said of a failure tells none either', () => {
  const [whole] = toldParts("{{ config['deep']['key'][4:] }}", context, now, []);
  expect(whole?.shown).toBe("'zz9'");
  const failed = lookedInto(
    "{{ config['deep']['key'][4:] | int(base=0) + [] }}",
    context,
    fakeClock(),
    secrets,
  );
  expect(JSON.stringify(failed)).not.toContain('zz9');
});
